-- What holds when the wall clock is set: durations are kept as such, and where times on record go back is on record.

-- What the dead man's switch was set to, microseconds; 0: disarmed. cancel_us says when it goes off if the clock is right.
ALTER TABLE account ADD COLUMN cancel_timeout_us INTEGER NOT NULL DEFAULT 0;
UPDATE account SET cancel_timeout_us = 86400000000 WHERE cancel_us <> 0; -- the most there may be: what it was is not on record

-- Trades that have an earlier time than the one before them, because the clock had been set back. From one to the next, times only rise.
CREATE TABLE clock_set_back (
  trade_id INTEGER PRIMARY KEY
) STRICT;

-- The quantity an order was placed with, whatever it was replaced by since. 0: placed before this was kept.
ALTER TABLE "order" ADD COLUMN placed_quantity INTEGER NOT NULL DEFAULT 0;

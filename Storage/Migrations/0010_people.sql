-- Who was here when, and how far each has read what they were told.

CREATE TABLE last_seen (
  room_id INTEGER NOT NULL REFERENCES room,
  user_id INTEGER NOT NULL REFERENCES user,
  seen_us INTEGER NOT NULL,             -- to the minute while somebody is here
  PRIMARY KEY (room_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE notice_read (
  room_id INTEGER NOT NULL REFERENCES room,
  user_id INTEGER NOT NULL REFERENCES user,
  sequence INTEGER NOT NULL,            -- the newest that they saw
  PRIMARY KEY (room_id, user_id)
) STRICT, WITHOUT ROWID;

-- Orders that ended otherwise than by being filled or at their owner's wish (7: MARKET_SETTLED and what follows it): few, so
-- that all others cost nothing here.
CREATE INDEX order_ended ON "order" (account_id, id) WHERE status = 3 AND reason >= 7;
CREATE INDEX order_change_ended ON order_change (order_id, sequence) WHERE reason >= 7;

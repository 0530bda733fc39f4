-- Which exchange this is. One row. The file exchange.mark beside the database says so too, so that a database that is missing,
-- older or another's is told from a new one.
CREATE TABLE identity (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  exchange_id TEXT NOT NULL,            -- 32 hexadecimal digits, made at random
  is_open INTEGER NOT NULL              -- 1 from a start to its stop; while nothing runs, 1 says that it was not stopped but ended
) STRICT;
INSERT INTO identity VALUES (1, lower(hex(randomblob(16))), 0);

-- What bots sign in with: made by a user, good until revoked or expired.
CREATE TABLE api_key (
  id INTEGER PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES user,
  name TEXT NOT NULL,
  secret_hash BLOB NOT NULL UNIQUE,     -- SHA-256; the key itself was shown once and is nowhere
  account_id INTEGER REFERENCES account, -- the one account it is for; NULL: all of the user's
  is_read_only INTEGER NOT NULL,
  created_us INTEGER NOT NULL,
  expires_us INTEGER NOT NULL,          -- 0: never
  revoked_us INTEGER NOT NULL,          -- 0: it is good
  last_used_us INTEGER NOT NULL         -- to the minute; 0: never
) STRICT;
CREATE INDEX api_key_by_user ON api_key (user_id);

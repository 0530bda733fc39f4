-- The built-in sign-in: what ends sign-ins early, and what an admin hands out.

-- Tokens carry the count they were made under; those of an earlier one are refused.
ALTER TABLE credential ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;

-- The one link with which somebody may set a new password. Used once, then gone.
CREATE TABLE sign_in_link (
  credential_id INTEGER PRIMARY KEY REFERENCES credential,
  code_hash BLOB NOT NULL UNIQUE,       -- SHA-256; the code itself is nowhere
  expires_us INTEGER NOT NULL
) STRICT;

-- Who may sign up. One row.
CREATE TABLE sign_up (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  join_code TEXT NOT NULL               -- '': anybody who reaches the exchange
) STRICT;
INSERT INTO sign_up VALUES (1, '');

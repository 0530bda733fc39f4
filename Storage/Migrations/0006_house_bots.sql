-- The exchange's own traders: which markets have which, and the accounts they trade with.
CREATE TABLE market_house_bot (
  market_id INTEGER NOT NULL REFERENCES market,
  kind TEXT NOT NULL,                   -- NOISE, MAKER, INFORMED
  strength TEXT NOT NULL,               -- GENTLE, NORMAL, LIVELY
  PRIMARY KEY (market_id, kind)
) STRICT, WITHOUT ROWID;

ALTER TABLE account ADD COLUMN bot_kind TEXT; -- the kind of house bot that trades for it; NULL: none

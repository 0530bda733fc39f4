-- What others may know of what an account was worth: positions in hidden and anonymous markets at what they cost, as on the leaderboard.

-- NULL: as in the sample before, or not known.
ALTER TABLE equity_sample ADD COLUMN public_equity INTEGER;
-- Where no market is hidden or anonymous the two are the same.
UPDATE equity_sample SET public_equity = equity WHERE account_id IN (
  SELECT id FROM account WHERE NOT EXISTS (
    SELECT 1 FROM market WHERE market.room_id = account.room_id AND (is_hidden OR is_anonymous)));

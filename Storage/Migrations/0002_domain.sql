-- The whole domain: rooms people join, accounts they share, derived markets, money that moves, and who did what.

ALTER TABLE room ADD COLUMN owner_user_id INTEGER REFERENCES user;            -- NULL: it was there from the start
ALTER TABLE room ADD COLUMN join_policy TEXT NOT NULL DEFAULT 'OPEN';         -- OPEN, INVITE, CLOSED
ALTER TABLE room ADD COLUMN is_archived INTEGER NOT NULL DEFAULT 0;           -- readable, and nothing changes
ALTER TABLE room ADD COLUMN join_code TEXT NOT NULL DEFAULT '';               -- '': none
ALTER TABLE room ADD COLUMN created_us INTEGER NOT NULL DEFAULT 0;

-- Who is in a room. An admin of the server (user.is_server_admin) is admin of every room, whatever stands here.
CREATE TABLE room_member (
  room_id INTEGER NOT NULL REFERENCES room,
  user_id INTEGER NOT NULL REFERENCES user,
  role TEXT NOT NULL,                   -- SPECTATOR, TRADER, ADMIN
  joined_us INTEGER NOT NULL,
  PRIMARY KEY (room_id, user_id)
) STRICT, WITHOUT ROWID;
INSERT INTO room_member SELECT room_id, owner_user_id, 'TRADER', min(opened_us) FROM account
  WHERE owner_user_id IS NOT NULL GROUP BY room_id, owner_user_id;

-- E-mail addresses, in lower case, that may join a room.
CREATE TABLE room_invitation (
  room_id INTEGER NOT NULL REFERENCES room,
  email TEXT NOT NULL,
  PRIMARY KEY (room_id, email)
) STRICT, WITHOUT ROWID;

ALTER TABLE account ADD COLUMN is_personal INTEGER NOT NULL DEFAULT 0;        -- its owner's first in the room
ALTER TABLE account ADD COLUMN is_forced INTEGER NOT NULL DEFAULT 0;          -- an admin made its available negative
ALTER TABLE account ADD COLUMN received INTEGER NOT NULL DEFAULT 0;           -- money received less given, fees left out
ALTER TABLE account ADD COLUMN cancel_us INTEGER NOT NULL DEFAULT 0;          -- dead man's switch; 0: disarmed
UPDATE account SET is_personal = 1 WHERE owner_user_id IS NOT NULL;

ALTER TABLE transfer ADD COLUMN kind TEXT NOT NULL DEFAULT 'OPENING';         -- OPENING, TRANSFER, GRANT, CODE, FEE
UPDATE account SET received =
  (SELECT coalesce(sum(amount), 0) FROM transfer WHERE to_account_id = account.id)
  - (SELECT coalesce(sum(amount), 0) FROM transfer WHERE from_account_id = account.id);
CREATE INDEX transfer_from ON transfer (from_account_id, id);
CREATE INDEX transfer_to ON transfer (to_account_id, id);

ALTER TABLE market ADD COLUMN status_us INTEGER NOT NULL DEFAULT 0;           -- when the status was last set
ALTER TABLE market ADD COLUMN category TEXT NOT NULL DEFAULT '';
ALTER TABLE market ADD COLUMN group_name TEXT NOT NULL DEFAULT '';
ALTER TABLE market ADD COLUMN is_pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE market ADD COLUMN is_anonymous INTEGER NOT NULL DEFAULT 0;        -- others see no account ids in it
ALTER TABLE market ADD COLUMN is_hidden INTEGER NOT NULL DEFAULT 0;           -- only those in market_visible_to see it
ALTER TABLE market ADD COLUMN max_order INTEGER NOT NULL DEFAULT 0;           -- 0: none but the exchange's own
ALTER TABLE market ADD COLUMN max_position INTEGER NOT NULL DEFAULT 0;
ALTER TABLE market ADD COLUMN kind TEXT NOT NULL DEFAULT 'PLAIN';             -- PLAIN, BASKET, OPTION
ALTER TABLE market ADD COLUMN conversion_fee INTEGER;                         -- of a basket: cash for each conversion
ALTER TABLE market ADD COLUMN underlying_market_id INTEGER REFERENCES market; -- of an option, as all that follows
ALTER TABLE market ADD COLUMN option_kind TEXT;                               -- CALL, PUT
ALTER TABLE market ADD COLUMN option_style TEXT;                              -- EUROPEAN, AMERICAN
ALTER TABLE market ADD COLUMN strike INTEGER;
UPDATE market SET status_us = (SELECT max(time_us) FROM market_status WHERE market_id = market.id);

-- A basket is worth the sum of multiplier x price over these.
CREATE TABLE basket_constituent (
  basket_market_id INTEGER NOT NULL REFERENCES market,
  market_id INTEGER NOT NULL REFERENCES market,
  multiplier INTEGER NOT NULL,
  place INTEGER NOT NULL,               -- in the order they were given
  PRIMARY KEY (basket_market_id, market_id)
) STRICT, WITHOUT ROWID;

-- Accounts that see a hidden market, with their members.
CREATE TABLE market_visible_to (
  market_id INTEGER NOT NULL REFERENCES market,
  account_id INTEGER NOT NULL REFERENCES account,
  PRIMARY KEY (market_id, account_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE "order" ADD COLUMN expires_us INTEGER NOT NULL DEFAULT 0;         -- 0: never
ALTER TABLE "order" ADD COLUMN reduce_only INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "order" ADD COLUMN cancel_on_disconnect INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "order" ADD COLUMN placed_by_user_id INTEGER NOT NULL DEFAULT 0;  -- 0: the exchange itself
DROP INDEX order_client_order_id;
CREATE INDEX order_by_account ON "order" (account_id, id);
CREATE INDEX trade_by_buyer ON trade (buyer_account_id, id);
CREATE INDEX trade_by_seller ON trade (seller_account_id, id);

ALTER TABLE position ADD COLUMN settled_quantity INTEGER NOT NULL DEFAULT 0;  -- as it was when the market settled
ALTER TABLE position ADD COLUMN settled_spent INTEGER NOT NULL DEFAULT 0;
UPDATE position SET (settled_quantity, settled_spent) = (
  SELECT p.position, p.amount - position.settled_profit FROM settlement_payout AS p JOIN settlement ON settlement.id = p.settlement_id
  WHERE settlement.market_id = position.market_id AND p.account_id = position.account_id)
WHERE EXISTS (
  SELECT 1 FROM settlement_payout AS p JOIN settlement ON settlement.id = p.settlement_id
  WHERE settlement.market_id = position.market_id AND p.account_id = position.account_id);

-- The settlement of the market that this one derives from; 0: none, it was settled by hand.
ALTER TABLE settlement ADD COLUMN caused_by_settlement_id INTEGER NOT NULL DEFAULT 0;
CREATE INDEX settlement_by_market ON settlement (market_id, id);

-- Settlements taken back: their payouts were paid back, positions are as they were before.
CREATE TABLE settlement_undo (
  settlement_id INTEGER PRIMARY KEY REFERENCES settlement,
  by_user_id INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  time_us INTEGER NOT NULL
) STRICT;

-- Baskets turned into their constituents or back. The house took the other side of every leg.
CREATE TABLE conversion (
  id INTEGER PRIMARY KEY,
  market_id INTEGER NOT NULL,           -- the basket's
  account_id INTEGER NOT NULL,
  direction TEXT NOT NULL,              -- CREATE, REDEEM
  quantity INTEGER NOT NULL,
  fee INTEGER NOT NULL,                 -- a transfer to the house of its own
  house_account_id INTEGER NOT NULL,
  by_user_id INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  time_us INTEGER NOT NULL
) STRICT;
CREATE INDEX conversion_by_account ON conversion (account_id, id);

-- What a conversion changed: the basket itself and each constituent. Positions were moved at these prices (the marks),
-- which together come to nothing, so no cash moved.
CREATE TABLE conversion_leg (
  conversion_id INTEGER NOT NULL REFERENCES conversion,
  market_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL,            -- change of the account's position; the house's is the opposite
  price INTEGER NOT NULL,
  PRIMARY KEY (conversion_id, market_id)
) STRICT, WITHOUT ROWID;

-- American options exercised before their underlying settled.
CREATE TABLE exercise (
  id INTEGER PRIMARY KEY,
  market_id INTEGER NOT NULL,           -- the option's
  underlying_market_id INTEGER NOT NULL,
  option_kind TEXT NOT NULL,
  strike INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  by_user_id INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  time_us INTEGER NOT NULL
) STRICT;
CREATE INDEX exercise_by_account ON exercise (account_id, id);

-- Who was short of them, and had to sell (call) or buy (put) the underlying at the strike.
CREATE TABLE exercise_assignment (
  exercise_id INTEGER NOT NULL REFERENCES exercise,
  account_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  PRIMARY KEY (exercise_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX exercise_assignment_by_account ON exercise_assignment (account_id, exercise_id);

-- Codes worth money.
CREATE TABLE code (
  id INTEGER PRIMARY KEY,
  room_id INTEGER NOT NULL REFERENCES room,
  code TEXT NOT NULL,
  amount INTEGER NOT NULL,              -- of each use
  uses INTEGER NOT NULL,
  used INTEGER NOT NULL,
  expires_us INTEGER NOT NULL,          -- 0: never
  is_revoked INTEGER NOT NULL,
  created_us INTEGER NOT NULL,
  UNIQUE (room_id, code)
) STRICT;

CREATE TABLE code_claim (
  code_id INTEGER NOT NULL REFERENCES code,
  user_id INTEGER NOT NULL REFERENCES user,
  account_id INTEGER NOT NULL,
  transfer_id INTEGER NOT NULL REFERENCES transfer,
  PRIMARY KEY (code_id, user_id)
) STRICT, WITHOUT ROWID;

-- What an account was worth, once a minute at most and only where it changed.
CREATE TABLE equity_sample (
  account_id INTEGER NOT NULL,
  time_us INTEGER NOT NULL,
  equity INTEGER NOT NULL,
  profit INTEGER NOT NULL,
  PRIMARY KEY (account_id, time_us)
) STRICT, WITHOUT ROWID;

-- Who did what as whom: every command but ordinary trading, and every one given with admin powers.
CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY,
  time_us INTEGER NOT NULL,
  user_id INTEGER NOT NULL,
  account_id INTEGER,                   -- acted as, or what it is about
  is_elevated INTEGER NOT NULL,         -- with admin powers
  room_id INTEGER,
  market_id INTEGER,
  action TEXT NOT NULL,
  detail TEXT NOT NULL
) STRICT;

-- For people.

DROP VIEW order_view;
CREATE VIEW order_view AS
SELECT o.id, strftime('%Y-%m-%dT%H:%M:%fZ', o.placed_us / 1000000.0, 'unixepoch') AS placed,
  market.name AS market, account.name AS account, user.name AS placed_by,
  CASE o.side WHEN 1 THEN 'BUY' ELSE 'SELL' END AS side, o.price / 100.0 AS price,
  o.quantity / 100.0 AS quantity, o.remaining / 100.0 AS remaining, o.filled / 100.0 AS filled,
  CASE o.status WHEN 1 THEN 'LIVE' WHEN 2 THEN 'FILLED' ELSE 'CANCELLED' END AS status,
  CASE o.reason WHEN 1 THEN 'PLACED' WHEN 2 THEN 'MATCHED' WHEN 3 THEN 'REPLACED' WHEN 4 THEN 'REQUESTED'
    WHEN 5 THEN 'UNFILLED_REST' WHEN 6 THEN 'SELF_MATCH' WHEN 7 THEN 'MARKET_SETTLED' WHEN 8 THEN 'EXPIRED'
    WHEN 9 THEN 'DISCONNECTED' WHEN 10 THEN 'CANCEL_AFTER' WHEN 11 THEN 'REDUCE_ONLY' WHEN 12 THEN 'ASSIGNED'
    WHEN 13 THEN 'ROOM_ARCHIVED' WHEN 14 THEN 'NO_TRADER' END AS reason,
  o.client_order_id
FROM "order" AS o JOIN market ON market.id = o.market_id JOIN account ON account.id = o.account_id
  LEFT JOIN user ON user.id = o.placed_by_user_id;

DROP VIEW transfer_view;
CREATE VIEW transfer_view AS
SELECT transfer.id, strftime('%Y-%m-%dT%H:%M:%fZ', transfer.time_us / 1000000.0, 'unixepoch') AS time, transfer.kind,
  source.name AS from_account, target.name AS to_account, transfer.amount / 10000.0 AS amount, transfer.memo, user.name AS by_user
FROM transfer JOIN account AS source ON source.id = transfer.from_account_id
  JOIN account AS target ON target.id = transfer.to_account_id LEFT JOIN user ON user.id = transfer.by_user_id;

DROP VIEW account_view;
CREATE VIEW account_view AS
SELECT account.id, room.slug AS room, account.name, user.name AS owner, account.cash / 10000.0 AS cash,
  account.received / 10000.0 AS received
FROM account JOIN room ON room.id = account.room_id LEFT JOIN user ON user.id = account.owner_user_id;

CREATE VIEW market_view AS
SELECT market.id, room.slug AS room, market.name, market.kind, market.status, user.name AS owner, market.min_price / 100.0 AS min_price,
  market.max_price / 100.0 AS max_price, market.tick_size / 100.0 AS tick_size, market.settlement_price / 100.0 AS settlement_price,
  market.category, market.group_name, market.is_hidden, market.is_anonymous
FROM market JOIN room ON room.id = market.room_id JOIN user ON user.id = market.owner_user_id;

CREATE VIEW audit_view AS
SELECT audit.sequence, strftime('%Y-%m-%dT%H:%M:%fZ', audit.time_us / 1000000.0, 'unixepoch') AS time, user.name AS user,
  account.name AS account, audit.is_elevated, room.slug AS room, market.name AS market, audit.action, audit.detail
FROM audit JOIN user ON user.id = audit.user_id LEFT JOIN account ON account.id = audit.account_id
  LEFT JOIN room ON room.id = audit.room_id LEFT JOIN market ON market.id = audit.market_id;

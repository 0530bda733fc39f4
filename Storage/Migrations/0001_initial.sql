-- The exchange's database. Units: prices and quantities are hundredths, cash is ten-thousandths, times are
-- microseconds since 1970-01-01 00:00 UTC. The views at the end show them as decimals, names and ISO times.

-- How far the exchange has come. One row.
CREATE TABLE state (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  sequence INTEGER NOT NULL,            -- commands that changed something
  time_us INTEGER NOT NULL,             -- when the last of them did
  starts INTEGER NOT NULL               -- how often the exchange was started on this database
) STRICT;
INSERT INTO state VALUES (1, 0, 0, 0);

-- A closed economy.
CREATE TABLE room (
  id INTEGER PRIMARY KEY,
  slug TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  house_account_id INTEGER NOT NULL,    -- where its cash comes from; alone may be negative
  opening_balance INTEGER NOT NULL,
  who_may_create_markets TEXT NOT NULL  -- ANYONE, ADMINS
) STRICT;

-- An identity (issuer + subject) with a display name.
CREATE TABLE user (
  id INTEGER PRIMARY KEY,
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  name TEXT NOT NULL,
  email TEXT,
  is_server_admin INTEGER NOT NULL,
  created_us INTEGER NOT NULL,
  UNIQUE (issuer, subject)
) STRICT;

-- A name and password of the built-in sign-in. Its id is the subject of the user it gives.
CREATE TABLE credential (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  normalized_name TEXT NOT NULL UNIQUE,
  password_hash TEXT NOT NULL,
  is_admin INTEGER NOT NULL,
  created_us INTEGER NOT NULL
) STRICT;

CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  room_id INTEGER NOT NULL REFERENCES room,
  name TEXT NOT NULL,
  owner_user_id INTEGER REFERENCES user, -- NULL: the house
  opened_us INTEGER NOT NULL,
  cash INTEGER NOT NULL
) STRICT;

-- Who may act as an account.
CREATE TABLE account_member (
  account_id INTEGER NOT NULL REFERENCES account,
  user_id INTEGER NOT NULL REFERENCES user,
  role TEXT NOT NULL,                   -- OWNER; MANAGER, TRADER once accounts can be shared
  PRIMARY KEY (account_id, user_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE market (
  id INTEGER PRIMARY KEY,
  room_id INTEGER NOT NULL REFERENCES room,
  name TEXT NOT NULL,
  description TEXT NOT NULL,
  owner_user_id INTEGER NOT NULL REFERENCES user,
  min_price INTEGER NOT NULL,
  max_price INTEGER NOT NULL,
  tick_size INTEGER NOT NULL,
  status TEXT NOT NULL,                 -- OPEN, CANCEL_ONLY, HALTED, SETTLED
  settlement_price INTEGER,
  created_us INTEGER NOT NULL
) STRICT;

-- Every status a market was given, and by whom.
CREATE TABLE market_status (
  market_id INTEGER NOT NULL REFERENCES market,
  sequence INTEGER NOT NULL,
  status TEXT NOT NULL,
  by_user_id INTEGER NOT NULL,
  time_us INTEGER NOT NULL,
  PRIMARY KEY (market_id, sequence)
) STRICT, WITHOUT ROWID;

-- Every order ever placed, as it now is.
CREATE TABLE "order" (
  id INTEGER PRIMARY KEY,
  market_id INTEGER NOT NULL,
  account_id INTEGER NOT NULL,
  side INTEGER NOT NULL,                -- 1 buy, 2 sell
  price INTEGER NOT NULL,
  quantity INTEGER NOT NULL,            -- the whole order
  remaining INTEGER NOT NULL,           -- in the book
  filled INTEGER NOT NULL,
  filled_value INTEGER NOT NULL,        -- cash: sum of price x quantity over its fills
  time_in_force INTEGER NOT NULL,       -- 1 good till cancelled, 2 immediate or cancel, 3 fill or kill
  post_only INTEGER NOT NULL,
  client_order_id TEXT,
  status INTEGER NOT NULL,              -- 1 live, 2 filled, 3 cancelled
  reason INTEGER NOT NULL,              -- what last changed it; see order_view
  priority INTEGER NOT NULL,            -- place in line at its price, lower first
  placed_price INTEGER NOT NULL,        -- as it was when placed, after any fills at once
  placed_remaining INTEGER NOT NULL,
  placed_sequence INTEGER NOT NULL,
  placed_us INTEGER NOT NULL
) STRICT;
CREATE INDEX order_live ON "order" (id) WHERE status = 1;
CREATE INDEX order_client_order_id ON "order" (account_id, id) WHERE client_order_id IS NOT NULL;

-- Every later change of an order's price or remaining quantity.
CREATE TABLE order_change (
  market_id INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  order_id INTEGER NOT NULL,
  price INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  remaining INTEGER NOT NULL,
  reason INTEGER NOT NULL,
  time_us INTEGER NOT NULL,
  PRIMARY KEY (market_id, sequence, order_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE trade (
  id INTEGER PRIMARY KEY,
  market_id INTEGER NOT NULL,
  price INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  buyer_account_id INTEGER NOT NULL,
  seller_account_id INTEGER NOT NULL,
  buy_order_id INTEGER NOT NULL,
  sell_order_id INTEGER NOT NULL,
  aggressor INTEGER NOT NULL,           -- 1 the buyer, 2 the seller came to the book and took
  sequence INTEGER NOT NULL,
  time_us INTEGER NOT NULL
) STRICT;
CREATE INDEX trade_by_market ON trade (market_id, id);

CREATE TABLE position (
  account_id INTEGER NOT NULL,
  market_id INTEGER NOT NULL,
  quantity INTEGER NOT NULL,
  spent INTEGER NOT NULL,               -- cash paid for it less cash received
  settled_profit INTEGER NOT NULL,      -- what was made when the market settled
  PRIMARY KEY (account_id, market_id)
) STRICT, WITHOUT ROWID;

-- Cash that moved without a trade.
CREATE TABLE transfer (
  id INTEGER PRIMARY KEY,
  room_id INTEGER NOT NULL,
  from_account_id INTEGER NOT NULL,
  to_account_id INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  memo TEXT NOT NULL,
  by_user_id INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  time_us INTEGER NOT NULL
) STRICT;

CREATE TABLE settlement (
  id INTEGER PRIMARY KEY,
  market_id INTEGER NOT NULL,
  price INTEGER NOT NULL,
  by_user_id INTEGER NOT NULL,
  sequence INTEGER NOT NULL,
  time_us INTEGER NOT NULL
) STRICT;

CREATE TABLE settlement_payout (
  settlement_id INTEGER NOT NULL REFERENCES settlement,
  account_id INTEGER NOT NULL,
  position INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (settlement_id, account_id)
) STRICT, WITHOUT ROWID;

-- For people.

CREATE VIEW account_view AS
SELECT account.id, room.slug AS room, account.name, user.name AS owner, account.cash / 10000.0 AS cash
FROM account JOIN room ON room.id = account.room_id LEFT JOIN user ON user.id = account.owner_user_id;

CREATE VIEW trade_view AS
SELECT trade.id, strftime('%Y-%m-%dT%H:%M:%fZ', trade.time_us / 1000000.0, 'unixepoch') AS time,
  market.name AS market, trade.price / 100.0 AS price, trade.quantity / 100.0 AS quantity,
  buyer.name AS buyer, seller.name AS seller,
  CASE trade.aggressor WHEN 1 THEN 'BUY' ELSE 'SELL' END AS aggressor, trade.sequence
FROM trade JOIN market ON market.id = trade.market_id
  JOIN account AS buyer ON buyer.id = trade.buyer_account_id
  JOIN account AS seller ON seller.id = trade.seller_account_id;

CREATE VIEW order_view AS
SELECT o.id, strftime('%Y-%m-%dT%H:%M:%fZ', o.placed_us / 1000000.0, 'unixepoch') AS placed,
  market.name AS market, account.name AS account,
  CASE o.side WHEN 1 THEN 'BUY' ELSE 'SELL' END AS side, o.price / 100.0 AS price,
  o.quantity / 100.0 AS quantity, o.remaining / 100.0 AS remaining, o.filled / 100.0 AS filled,
  CASE o.status WHEN 1 THEN 'LIVE' WHEN 2 THEN 'FILLED' ELSE 'CANCELLED' END AS status,
  CASE o.reason WHEN 1 THEN 'PLACED' WHEN 2 THEN 'MATCHED' WHEN 3 THEN 'REPLACED' WHEN 4 THEN 'REQUESTED'
    WHEN 5 THEN 'UNFILLED_REST' WHEN 6 THEN 'SELF_MATCH' WHEN 7 THEN 'MARKET_SETTLED' END AS reason,
  o.client_order_id
FROM "order" AS o JOIN market ON market.id = o.market_id JOIN account ON account.id = o.account_id;

CREATE VIEW position_view AS
SELECT account.name AS account, market.name AS market, position.quantity / 100.0 AS quantity,
  position.spent / 10000.0 AS spent, position.settled_profit / 10000.0 AS settled_profit
FROM position JOIN account ON account.id = position.account_id JOIN market ON market.id = position.market_id;

CREATE VIEW transfer_view AS
SELECT transfer.id, strftime('%Y-%m-%dT%H:%M:%fZ', transfer.time_us / 1000000.0, 'unixepoch') AS time,
  source.name AS from_account, target.name AS to_account, transfer.amount / 10000.0 AS amount, transfer.memo
FROM transfer JOIN account AS source ON source.id = transfer.from_account_id
  JOIN account AS target ON target.id = transfer.to_account_id;

-- Markets that halt by themselves, and markets that were made by mistake.
ALTER TABLE market ADD COLUMN close_us INTEGER NOT NULL DEFAULT 0;   -- when it halts by itself; 0: never
ALTER TABLE market ADD COLUMN deleted_us INTEGER NOT NULL DEFAULT 0; -- when it was deleted; 0: it is there. Who did it is in audit

DROP VIEW market_view;
CREATE VIEW market_view AS
SELECT market.id, room.slug AS room, market.name, market.kind, market.status, user.name AS owner, market.min_price / 100.0 AS min_price,
  market.max_price / 100.0 AS max_price, market.tick_size / 100.0 AS tick_size, market.settlement_price / 100.0 AS settlement_price,
  market.category, market.group_name, market.is_hidden, market.is_anonymous,
  CASE market.close_us WHEN 0 THEN NULL ELSE strftime('%Y-%m-%dT%H:%M:%fZ', market.close_us / 1000000.0, 'unixepoch') END AS closes,
  market.deleted_us <> 0 AS is_deleted
FROM market JOIN room ON room.id = market.room_id JOIN user ON user.id = market.owner_user_id;

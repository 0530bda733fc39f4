-- What an open position cost, at average cost, beside what was spent in its market all told.

ALTER TABLE position ADD COLUMN open_cost INTEGER NOT NULL DEFAULT 0;          -- 0 while the position is 0
ALTER TABLE position ADD COLUMN settled_open_cost INTEGER NOT NULL DEFAULT 0;  -- as it was when the market settled
-- From before it was kept, nothing counts as realised.
UPDATE position SET open_cost = spent WHERE quantity <> 0;
UPDATE position SET settled_open_cost = settled_spent WHERE settled_quantity <> 0;

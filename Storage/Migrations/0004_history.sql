-- What reads of the past need to be quick, where that costs the trading nothing.

CREATE INDEX account_member_by_user ON account_member (user_id, account_id);
CREATE INDEX audit_by_room ON audit (room_id, sequence);

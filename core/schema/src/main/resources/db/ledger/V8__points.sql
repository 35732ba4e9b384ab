-- Point cards, shares of profits and rewards are accounts of kinds of their own, in an asset of their own: a
-- point is one USDT with eight decimals, and pays no requests.
ALTER TABLE ledger.account DROP CONSTRAINT account_kind_check;
ALTER TABLE ledger.account ADD CONSTRAINT account_kind_check
  CHECK (kind IN ('balance', 'grant', 'gift', 'owed', 'limit', 'revenue', 'suspense', 'point_self',
                  'point_gift', 'point_owed', 'point_due', 'profit_pool', 'reward',
                  'world_payments', 'world_grants', 'world_upstream', 'world_limits')) NOT VALID;

-- what the table held before was valid under a narrower rule
ALTER TABLE ledger.account VALIDATE CONSTRAINT account_kind_check;

INSERT INTO ledger.asset (code, scale) VALUES ('POINT', 8) ON CONFLICT (code) DO NOTHING;

-- Payments that were kept apart have accounts of a kind of their own.
ALTER TABLE ledger.account DROP CONSTRAINT account_kind_check;
ALTER TABLE ledger.account ADD CONSTRAINT account_kind_check
  CHECK (kind IN ('balance', 'grant', 'gift', 'owed', 'limit', 'revenue', 'suspense',
                  'world_payments', 'world_grants', 'world_upstream', 'world_limits')) NOT VALID;

-- what the table held before was valid under a narrower rule
ALTER TABLE ledger.account VALIDATE CONSTRAINT account_kind_check;

-- Spend limits: the allowance of a window is an account of its own, and expires like a grant.

ALTER TABLE ledger.account DROP CONSTRAINT account_owner_check;
ALTER TABLE ledger.account ADD CONSTRAINT account_owner_check
  CHECK (owner ~ '^(user:[1-9][0-9]*|key:[1-9][0-9]*|tenant|world)$') NOT VALID;
ALTER TABLE ledger.account DROP CONSTRAINT account_kind_check;
ALTER TABLE ledger.account ADD CONSTRAINT account_kind_check
  CHECK (kind IN ('balance', 'grant', 'gift', 'owed', 'limit', 'revenue', 'world_payments',
                  'world_grants', 'world_upstream', 'world_limits')) NOT VALID;
ALTER TABLE ledger.account DROP CONSTRAINT account_grant_has_period;
ALTER TABLE ledger.account ADD CONSTRAINT account_has_period
  CHECK ((kind IN ('grant', 'limit')) = (period <> '')) NOT VALID;

-- what the table held before was valid under narrower rules
ALTER TABLE ledger.account VALIDATE CONSTRAINT account_owner_check;
ALTER TABLE ledger.account VALIDATE CONSTRAINT account_kind_check;
ALTER TABLE ledger.account VALIDATE CONSTRAINT account_has_period;

DROP INDEX ledger.account_by_expiry;
CREATE INDEX account_by_expiry ON ledger.account (expires_at)
  WHERE kind IN ('grant', 'limit') AND NOT swept;

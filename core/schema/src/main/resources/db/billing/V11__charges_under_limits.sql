-- Allowances of spend limits under which a charge counts, each with the whole amount. They pay nothing.
ALTER TABLE billing.service_charge
  ADD COLUMN limit_accounts bigint[] NOT NULL DEFAULT '{}';

-- a charge that is given back gives the allowances back whose windows are open
CREATE INDEX spend_window_by_account ON billing.spend_window (account_id);

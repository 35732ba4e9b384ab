-- A batch of charges is one transfer; each of its debits names the charge it is of.
ALTER TABLE ledger.entry ADD COLUMN charge_id uuid;

CREATE INDEX entry_by_charge ON ledger.entry (charge_id, transfer_id, seq)
  WHERE charge_id IS NOT NULL;

-- Audits of the books that were run: who ran them, and what they found.
CREATE TABLE ledger.audit_run (
  id         bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  started_at timestamptz NOT NULL,
  ended_at   timestamptz NOT NULL,
  run_by     text        NOT NULL CHECK (length(run_by) BETWEEN 1 AND 100),
  -- from when on added rows were read; null: all
  since      timestamptz,
  clean      boolean     NOT NULL,
  accounts   bigint      NOT NULL,
  transfers  bigint      NOT NULL,
  entries    bigint      NOT NULL,
  checks     integer     NOT NULL,
  found      integer     NOT NULL,
  -- check, row, expected, found of each of the first findings
  findings   text[]      NOT NULL CHECK (cardinality(findings) % 4 = 0),
  notes      text[]      NOT NULL,
  CONSTRAINT audit_run_clean CHECK (clean = (found = 0))
);
CREATE INDEX audit_run_unclean ON ledger.audit_run (id) WHERE NOT clean;

-- where the program runs as the owner there is no such role
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    REVOKE ALL ON ledger.audit_run FROM tollgate_app;
    GRANT SELECT, INSERT ON ledger.audit_run TO tollgate_app;
  END IF;
END
$$;

-- Debts, few among all accounts, for whoever asks who owes something.
CREATE INDEX account_owed ON ledger.account (id) WHERE kind = 'owed' AND shard = 0;

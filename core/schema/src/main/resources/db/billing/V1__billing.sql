-- What was given for nothing: free quotas of a month, and quotas and credits given by hand. Each row
-- is written with the transfer that gave it.
CREATE TABLE billing.given_grant (
  transfer_id     uuid        PRIMARY KEY,
  tenant_id       bigint      NOT NULL,
  user_id         bigint      NOT NULL,
  source          text        NOT NULL CHECK (source IN ('FREE', 'HAND')),
  -- of a free quota its user and period, of a grant by hand the caller's key
  idempotency_key text        NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 128),
  request_hash    bytea       NOT NULL CHECK (length(request_hash) = 32),
  -- the account that was credited
  account_id      bigint      NOT NULL,
  asset           text        NOT NULL,
  scale           integer     NOT NULL CHECK (scale BETWEEN 0 AND 9),
  -- smallest units; what paid off debts is part of it and never reached the account
  amount          bigint      NOT NULL CHECK (amount > 0),
  owed_paid       bigint      NOT NULL CHECK (owed_paid BETWEEN 0 AND amount),
  balance_after   bigint      NOT NULL,
  expires_at      timestamptz,
  priority        integer     NOT NULL,
  given_at        timestamptz NOT NULL,
  CONSTRAINT given_grant_once UNIQUE (tenant_id, source, idempotency_key)
);
CREATE INDEX given_grant_account ON billing.given_grant (account_id);
REVOKE UPDATE, DELETE, TRUNCATE ON billing.given_grant FROM tollgate_app;

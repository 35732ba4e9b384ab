-- What was taken back of grants, a row for each transfer that took some.
CREATE TABLE billing.revoked_grant (
  transfer_id uuid        PRIMARY KEY,
  -- the transfer that gave it
  grant_id    uuid        NOT NULL REFERENCES billing.given_grant,
  account_id  bigint      NOT NULL,
  -- smallest units
  amount      bigint      NOT NULL CHECK (amount > 0),
  admin_id    bigint      NOT NULL,
  reason      text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
  revoked_at  timestamptz NOT NULL
);
CREATE INDEX revoked_grant_by_grant ON billing.revoked_grant (grant_id);
CREATE INDEX revoked_grant_by_account ON billing.revoked_grant (account_id);

-- The months that a user had: a month before the last one is not given any more.
CREATE INDEX given_grant_free ON billing.given_grant (tenant_id, user_id) WHERE source = 'FREE';

-- where the program runs as the owner there is no such role
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON billing.revoked_grant FROM tollgate_app;
  END IF;
END
$$;

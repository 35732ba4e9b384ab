-- What administrators post by hand: who did it, why, and under which key, so that the same again
-- is answered as the first time.
CREATE TABLE billing.hand_posting (
  transfer_id     uuid        PRIMARY KEY,
  tenant_id       bigint      NOT NULL CHECK (tenant_id > 0),
  user_id         bigint      NOT NULL CHECK (user_id > 0),
  what            text        NOT NULL CHECK (what IN ('grant', 'owed_forgiven')),
  idempotency_key text        NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 128),
  request_hash    bytea       NOT NULL CHECK (length(request_hash) = 32),
  asset           text        NOT NULL,
  scale           integer     NOT NULL CHECK (scale BETWEEN 0 AND 9),
  -- smallest units
  amount          bigint      NOT NULL CHECK (amount > 0),
  -- what was left of a debt afterwards; of a grant what was on its account
  remaining       bigint      NOT NULL CHECK (remaining >= 0),
  admin_id        bigint      NOT NULL,
  reason          text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
  posted_at       timestamptz NOT NULL,
  CONSTRAINT hand_posting_once UNIQUE (tenant_id, what, idempotency_key)
);
CREATE INDEX hand_posting_by_user ON billing.hand_posting (user_id, transfer_id);

-- grants as administrators list them, the newest first
CREATE INDEX given_grant_by_tenant ON billing.given_grant (tenant_id, transfer_id);
CREATE INDEX given_grant_by_user ON billing.given_grant (user_id, transfer_id);

-- an order by its number alone, of whichever tenant
CREATE INDEX recharge_order_by_name ON billing.recharge_order (order_id);

-- where the program runs as the owner there is no such role
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON billing.hand_posting FROM tollgate_app;
  END IF;
END
$$;

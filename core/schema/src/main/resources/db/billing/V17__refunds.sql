-- Charges of requests that an administrator gave back: whole and once, by a contra transfer.
CREATE TABLE billing.charge_refund (
  charge_id       uuid        PRIMARY KEY,
  tenant_id       bigint      NOT NULL CHECK (tenant_id > 0),
  user_id         bigint      NOT NULL CHECK (user_id > 0),
  idempotency_key text        NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 128),
  currency        text        NOT NULL,
  -- money in smallest units, and free tokens
  amount          bigint      NOT NULL CHECK (amount >= 0),
  quota_tokens    bigint      NOT NULL CHECK (quota_tokens >= 0),
  transfer_id     uuid        NOT NULL UNIQUE,
  admin_id        bigint      NOT NULL,
  reason          text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
  refunded_at     timestamptz NOT NULL,
  CONSTRAINT charge_refund_key UNIQUE (tenant_id, idempotency_key)
);

-- refunds of each sort as administrators list them together, the newest first
CREATE INDEX charge_refund_in_order ON billing.charge_refund (refunded_at, charge_id);
CREATE INDEX charge_refund_by_tenant ON billing.charge_refund (tenant_id, refunded_at, charge_id);
CREATE INDEX charge_refund_by_user ON billing.charge_refund (user_id, refunded_at, charge_id);
CREATE INDEX recharge_refund_in_order ON billing.recharge_refund (created_at, id);
CREATE INDEX recharge_refund_by_tenant ON billing.recharge_refund (tenant_id, created_at, id);
CREATE INDEX recharge_refund_by_state ON billing.recharge_refund (state, created_at, id);
CREATE INDEX service_refund_in_order ON billing.service_refund (refunded_at, charge_id);
CREATE INDEX service_refund_by_tenant ON billing.service_refund (tenant_id, refunded_at, charge_id);

-- where the program runs as the owner there is no such role
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON billing.charge_refund FROM tollgate_app;
  END IF;
END
$$;

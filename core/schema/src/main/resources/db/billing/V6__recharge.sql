-- What users pay in. An order is a state machine: its status and what was refunded of it change, and
-- every change is a row of recharge_transition. Nothing of the money is here: that is the ledger's.
CREATE TABLE billing.recharge_order (
  id              bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id       bigint      NOT NULL CHECK (tenant_id > 0),
  user_id         bigint      NOT NULL CHECK (user_id > 0),
  external_id     text        NOT NULL CHECK (length(external_id) BETWEEN 1 AND 64),
  order_id        text        NOT NULL CHECK (length(order_id) BETWEEN 1 AND 100),
  -- its number at the channel
  channel_order   text        NOT NULL CHECK (channel_order ~ '^[0-9A-Za-z]{6,32}$'),
  method          text        NOT NULL CHECK (method IN ('alipay', 'wechat', 'stripe', 'sandbox')),
  currency        text        NOT NULL CHECK (currency ~ '^[A-Z0-9]{3,8}$'),
  -- smallest units
  amount          bigint      NOT NULL CHECK (amount > 0),
  refunded        bigint      NOT NULL DEFAULT 0,
  status          text        NOT NULL
                  CHECK (status IN ('pending', 'success', 'failed', 'expired', 'refunded')),
  -- the caller's key, and what was asked for under it
  idempotency_key text        CHECK (length(idempotency_key) BETWEEN 1 AND 128),
  request_hash    bytea       NOT NULL CHECK (length(request_hash) = 32),
  subject         text        NOT NULL CHECK (length(subject) BETWEEN 1 AND 100),
  return_url      text        CHECK (length(return_url) <= 2000),
  client_ip       text        CHECK (length(client_ip) <= 45),
  -- how it is paid; null while the channel has not answered
  checkout_id     text,
  pay_url         text,
  pay_code        text,
  pay_params      jsonb       NOT NULL DEFAULT '{}',
  -- the payment that was credited
  payment_id      text,
  -- how many transitions there are
  transitions     integer     NOT NULL DEFAULT 1,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  CONSTRAINT recharge_order_id UNIQUE (tenant_id, order_id),
  CONSTRAINT recharge_order_channel UNIQUE (channel_order),
  CONSTRAINT recharge_order_key UNIQUE (tenant_id, user_id, idempotency_key),
  CONSTRAINT recharge_order_refunded CHECK (refunded BETWEEN 0 AND amount),
  CONSTRAINT recharge_order_wholly CHECK ((status = 'refunded') = (refunded = amount)),
  CONSTRAINT recharge_order_paid
    CHECK ((status IN ('success', 'refunded')) = (payment_id IS NOT NULL))
);
CREATE INDEX recharge_order_due ON billing.recharge_order (method, expires_at) WHERE status = 'pending';
CREATE INDEX recharge_order_by_tenant ON billing.recharge_order (tenant_id, id);
CREATE INDEX recharge_order_by_user ON billing.recharge_order (user_id, id);
CREATE INDEX recharge_order_by_status ON billing.recharge_order (status, id);
CREATE INDEX recharge_order_by_method ON billing.recharge_order (method, created_at);

-- Each change of an order, with its cause.
CREATE TABLE billing.recharge_transition (
  order_ref   bigint      NOT NULL REFERENCES billing.recharge_order,
  seq         integer     NOT NULL CHECK (seq > 0),
  from_status text,
  to_status   text        NOT NULL,
  cause       text        NOT NULL CHECK (length(cause) BETWEEN 1 AND 40),
  detail      text        NOT NULL CHECK (length(detail) <= 300),
  at          timestamptz NOT NULL,
  PRIMARY KEY (order_ref, seq)
);

-- Each payment of an order that was booked: credited to the user, or kept apart.
CREATE TABLE billing.recharge_payment (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_ref   bigint      NOT NULL REFERENCES billing.recharge_order,
  tenant_id   bigint      NOT NULL,
  method      text        NOT NULL,
  -- what the channel calls it
  payment_id  text        NOT NULL CHECK (length(payment_id) BETWEEN 1 AND 128),
  role        text        NOT NULL CHECK (role IN ('credited', 'second', 'wrong_amount')),
  currency    text        NOT NULL,
  amount      bigint      NOT NULL CHECK (amount > 0),
  refunded    bigint      NOT NULL DEFAULT 0,
  account_id  bigint      NOT NULL,
  transfer_id uuid        NOT NULL UNIQUE,
  cause       text        NOT NULL,
  received_at timestamptz NOT NULL,
  CONSTRAINT recharge_payment_once UNIQUE (tenant_id, method, payment_id),
  CONSTRAINT recharge_payment_refunded CHECK (refunded BETWEEN 0 AND amount)
);
CREATE UNIQUE INDEX recharge_payment_credited ON billing.recharge_payment (order_ref)
  WHERE role = 'credited';
CREATE INDEX recharge_payment_of_order ON billing.recharge_payment (order_ref, id);
CREATE INDEX recharge_payment_apart ON billing.recharge_payment (id) WHERE role <> 'credited';

-- What is given back: held in the books, asked for at the channel, and then booked.
CREATE TABLE billing.recharge_refund (
  -- also the id of its hold
  id              uuid        PRIMARY KEY,
  tenant_id       bigint      NOT NULL,
  order_ref       bigint      NOT NULL REFERENCES billing.recharge_order,
  payment_ref     bigint      NOT NULL REFERENCES billing.recharge_payment,
  -- its number at the channel
  number          text        NOT NULL UNIQUE CHECK (number ~ '^[0-9A-Za-z]{6,32}$'),
  amount          bigint      NOT NULL CHECK (amount > 0),
  reason          text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
  idempotency_key text        NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 128),
  request_hash    bytea       NOT NULL CHECK (length(request_hash) = 32),
  admin_id        bigint,
  state           text        NOT NULL CHECK (state IN ('held', 'booked', 'failed')),
  channel_refund  text,
  detail          text        NOT NULL DEFAULT '' CHECK (length(detail) <= 300),
  transfer_id     uuid        UNIQUE,
  attempts        integer     NOT NULL DEFAULT 0,
  next_try_at     timestamptz NOT NULL,
  created_at      timestamptz NOT NULL,
  updated_at      timestamptz NOT NULL,
  CONSTRAINT recharge_refund_key UNIQUE (tenant_id, idempotency_key),
  CONSTRAINT recharge_refund_booked CHECK ((state = 'booked') = (transfer_id IS NOT NULL))
);
CREATE INDEX recharge_refund_open ON billing.recharge_refund (next_try_at) WHERE state = 'held';
CREATE INDEX recharge_refund_of_order ON billing.recharge_refund (order_ref, created_at);

-- Notifications of channels that are truly theirs: stored before they are answered.
CREATE TABLE billing.recharge_notice (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  order_ref   bigint      NOT NULL REFERENCES billing.recharge_order,
  method      text        NOT NULL,
  -- what makes it unique at its channel
  notice_id   text        NOT NULL CHECK (length(notice_id) BETWEEN 1 AND 200),
  kind        text        NOT NULL,
  payment_id  text,
  currency    text,
  amount      bigint,
  received_at timestamptz NOT NULL,
  -- when the channel was asked and what it said was booked; null: a job will
  settled_at  timestamptz,
  CONSTRAINT recharge_notice_once UNIQUE (method, notice_id)
);
CREATE INDEX recharge_notice_open ON billing.recharge_notice (received_at)
  WHERE settled_at IS NULL;
CREATE INDEX recharge_notice_of_order ON billing.recharge_notice (order_ref, id);

-- A day of a channel's bill, compared with the orders.
CREATE TABLE billing.recharge_comparison (
  id          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  method      text        NOT NULL,
  day         date        NOT NULL,
  state       text        NOT NULL CHECK (state IN ('waiting', 'done')),
  attempts    integer     NOT NULL DEFAULT 0,
  lines       integer     NOT NULL DEFAULT 0,
  matched     integer     NOT NULL DEFAULT 0,
  differences integer     NOT NULL DEFAULT 0,
  detail      text        NOT NULL DEFAULT '' CHECK (length(detail) <= 300),
  started_at  timestamptz NOT NULL,
  ended_at    timestamptz,
  CONSTRAINT recharge_comparison_once UNIQUE (method, day)
);

-- What somebody has to look at: second payments, wrong amounts, differences between bill and orders.
CREATE TABLE billing.recharge_case (
  id            bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind          text        NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
  -- what it is about; one case for each kind and subject
  subject       text        NOT NULL CHECK (length(subject) BETWEEN 1 AND 300),
  tenant_id     bigint,
  order_ref     bigint      REFERENCES billing.recharge_order,
  comparison_id bigint      REFERENCES billing.recharge_comparison,
  method        text        NOT NULL,
  detail        text        NOT NULL CHECK (length(detail) <= 500),
  state         text        NOT NULL CHECK (state IN ('open', 'taken', 'closed')),
  -- whose it is, once somebody has taken it
  admin_id      bigint,
  action        text        CHECK (length(action) BETWEEN 1 AND 40),
  note          text        CHECK (length(note) <= 500),
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  CONSTRAINT recharge_case_once UNIQUE (kind, subject),
  CONSTRAINT recharge_case_owned CHECK ((state = 'open') = (admin_id IS NULL)),
  CONSTRAINT recharge_case_acted CHECK ((state = 'closed') = (action IS NOT NULL))
);
CREATE INDEX recharge_case_unclosed ON billing.recharge_case (kind) WHERE state <> 'closed';
CREATE INDEX recharge_case_by_state ON billing.recharge_case (state, id);
CREATE INDEX recharge_case_by_tenant ON billing.recharge_case (tenant_id, id);
CREATE INDEX recharge_case_by_run ON billing.recharge_case (comparison_id, id);

-- where the program runs as the owner there is no such role
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    REVOKE DELETE, TRUNCATE ON billing.recharge_order, billing.recharge_payment,
      billing.recharge_refund, billing.recharge_notice, billing.recharge_comparison,
      billing.recharge_case FROM tollgate_app;
    REVOKE UPDATE, DELETE, TRUNCATE ON billing.recharge_transition FROM tollgate_app;
  END IF;
END
$$;

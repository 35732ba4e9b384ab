-- Whoever made an order may name an address that is called when the order has moved on.
ALTER TABLE billing.recharge_order
  ADD COLUMN notify_url text CHECK (length(notify_url) BETWEEN 1 AND 2000);

CREATE TABLE billing.recharge_call (
  id          uuid        PRIMARY KEY DEFAULT uuidv7(),
  order_ref   bigint      NOT NULL REFERENCES billing.recharge_order,
  -- the order's transition that it tells of
  seq         integer     NOT NULL,
  state       text        NOT NULL CHECK (state IN ('waiting', 'taken', 'given_up')),
  attempts    integer     NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  -- what became of the last attempt
  detail      text        NOT NULL DEFAULT '' CHECK (length(detail) <= 200),
  next_try_at timestamptz NOT NULL,
  created_at  timestamptz NOT NULL,
  updated_at  timestamptz NOT NULL,
  CONSTRAINT recharge_call_once UNIQUE (order_ref, seq)
);
CREATE INDEX recharge_call_due ON billing.recharge_call (next_try_at) WHERE state = 'waiting';

-- where the program runs as the owner there is no such role
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    REVOKE DELETE, TRUNCATE ON billing.recharge_call FROM tollgate_app;
  END IF;
END
$$;

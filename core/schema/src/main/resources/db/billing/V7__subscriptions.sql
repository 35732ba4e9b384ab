-- What users can subscribe to: a price for a period, and a quota of tokens for each window of it.
CREATE TABLE billing.plan (
  id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id    bigint      NOT NULL CHECK (tenant_id > 0),
  code         text        NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9_-]{0,63}$'),
  name         text        NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  currency     text        NOT NULL CHECK (currency ~ '^[A-Z0-9]{3,8}$'),
  -- smallest units
  price        bigint      NOT NULL CHECK (price >= 0),
  period_unit  text        NOT NULL CHECK (period_unit IN ('day', 'month')),
  period_count integer     NOT NULL CHECK (period_count BETWEEN 1 AND 366),
  tokens       bigint      NOT NULL CHECK (tokens >= 0),
  -- days of a window; 0: the period is one
  window_days  integer     NOT NULL CHECK (window_days BETWEEN 0 AND 366),
  -- whether it can be subscribed to; who has it keeps it
  selling      boolean     NOT NULL,
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL,
  CONSTRAINT plan_once UNIQUE (tenant_id, code)
);
CREATE INDEX plan_by_tenant ON billing.plan (tenant_id, id);

CREATE TABLE billing.subscription (
  id               bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id        bigint      NOT NULL CHECK (tenant_id > 0),
  user_id          bigint      NOT NULL CHECK (user_id > 0),
  plan_id          bigint      NOT NULL REFERENCES billing.plan,
  -- the plan from the next period on, where it is another
  next_plan_id     bigint      REFERENCES billing.plan,
  state            text        NOT NULL CHECK (state IN ('active', 'grace', 'ended')),
  -- whether it goes on when its period ends
  renews           boolean     NOT NULL,
  -- the key of the purchase, chosen by who bought
  bought_key       text        NOT NULL CHECK (length(bought_key) BETWEEN 1 AND 128),
  -- the plan that was bought with it
  bought_plan_id   bigint      NOT NULL REFERENCES billing.plan,
  -- periods are counted from here, so that months keep their day
  anchor_at        timestamptz NOT NULL,
  period_number    integer     NOT NULL CHECK (period_number >= 0),
  period_starts_at timestamptz NOT NULL,
  period_ends_at   timestamptz NOT NULL,
  -- what the whole period costs in the plan as it is now, smallest units of the plan's currency
  period_price     bigint      NOT NULL CHECK (period_price >= 0),
  window_ends_at   timestamptz NOT NULL,
  grace_ends_at    timestamptz,
  -- when something is to be done next
  due_at           timestamptz NOT NULL,
  -- how many steps it has made
  steps            integer     NOT NULL CHECK (steps >= 0),
  created_at       timestamptz NOT NULL,
  ended_at         timestamptz,
  CONSTRAINT subscription_bought_once UNIQUE (tenant_id, user_id, bought_key),
  CONSTRAINT subscription_period CHECK (period_ends_at > period_starts_at),
  CONSTRAINT subscription_grace CHECK ((state = 'grace') = (grace_ends_at IS NOT NULL)),
  CONSTRAINT subscription_end CHECK ((state = 'ended') = (ended_at IS NOT NULL))
);
-- a user has one at a time
CREATE UNIQUE INDEX subscription_of_user ON billing.subscription (tenant_id, user_id)
  WHERE state <> 'ended';
CREATE INDEX subscription_due ON billing.subscription (due_at) WHERE state <> 'ended';
CREATE INDEX subscription_by_tenant ON billing.subscription (tenant_id, id);
CREATE INDEX subscription_by_user ON billing.subscription (user_id, id);
CREATE INDEX subscription_by_plan ON billing.subscription (plan_id, id);
CREATE INDEX subscription_by_state ON billing.subscription (state, id);

-- What happened to subscriptions, with the transfers it was booked with.
CREATE TABLE billing.subscription_step (
  subscription_id  bigint      NOT NULL REFERENCES billing.subscription,
  step             integer     NOT NULL CHECK (step >= 1),
  kind             text        NOT NULL CHECK (kind IN (
                     'bought', 'renewed', 'window', 'upgraded', 'planned', 'grace', 'cancelled',
                     'resumed', 'prolonged', 'ended', 'stopped')),
  plan_id          bigint      NOT NULL REFERENCES billing.plan,
  -- smallest units of the plan's currency
  paid             bigint      NOT NULL CHECK (paid >= 0),
  payment_transfer uuid        UNIQUE,
  tokens           bigint      NOT NULL CHECK (tokens >= 0),
  grant_transfer   uuid        UNIQUE,
  -- who did it, where it was an administrator
  admin_id         bigint,
  at               timestamptz NOT NULL,
  PRIMARY KEY (subscription_id, step),
  CONSTRAINT subscription_step_paid CHECK ((paid > 0) = (payment_transfer IS NOT NULL)),
  CONSTRAINT subscription_step_given CHECK ((tokens > 0) = (grant_transfer IS NOT NULL))
);

-- quotas of plans are grants too
ALTER TABLE billing.given_grant DROP CONSTRAINT given_grant_source_check;
ALTER TABLE billing.given_grant ADD CONSTRAINT given_grant_source_check
  CHECK (source IN ('FREE', 'HAND', 'PLAN', 'CODE', 'INVITATION'));

-- where the program runs as the owner there is no such role
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    REVOKE DELETE, TRUNCATE ON billing.plan FROM tollgate_app;
    REVOKE DELETE, TRUNCATE ON billing.subscription FROM tollgate_app;
    REVOKE UPDATE, DELETE, TRUNCATE ON billing.subscription_step FROM tollgate_app;
  END IF;
END
$$;

-- What calls of a service cost and how many are free, from a moment on: until the next version of the
-- service begins. Services without a version have what the configuration says. A version is never
-- edited: another one follows it.
CREATE TABLE billing.service_version (
  id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id      bigint      NOT NULL CHECK (tenant_id > 0),
  service        text        NOT NULL CHECK (service ~ '^[a-z][a-z0-9_-]{0,31}$'),
  effective_from timestamptz NOT NULL,
  -- smallest units of the tenant's currency, for one call
  price          bigint      NOT NULL CHECK (price >= 0),
  -- free calls of every user in a calendar month
  monthly_free   bigint      NOT NULL CHECK (monthly_free >= 0),
  admin_id       bigint,
  created_at     timestamptz NOT NULL,
  CONSTRAINT service_version_once UNIQUE (tenant_id, service, effective_from)
);

-- One row for each deduct: what was free, what was paid, and from which accounts. The ledger has the same
-- under the row's id, as the charge that its entries name.
CREATE TABLE billing.service_charge (
  id           uuid        PRIMARY KEY,
  tenant_id    bigint      NOT NULL CHECK (tenant_id > 0),
  user_id      bigint      NOT NULL CHECK (user_id > 0),
  service      text        NOT NULL,
  -- the caller's key of idempotency, where there was one
  request_id   text        CHECK (length(request_id) BETWEEN 1 AND 128),
  request_hash bytea       NOT NULL CHECK (octet_length(request_hash) = 32),
  free_count   bigint      NOT NULL CHECK (free_count >= 0),
  paid_count   bigint      NOT NULL CHECK (paid_count >= 0),
  -- what was paid, smallest units
  amount       bigint      NOT NULL CHECK (amount >= 0),
  currency     text        NOT NULL,
  -- accounts that paid, and what each did: those of the free quota come first
  leg_accounts bigint[]    NOT NULL,
  leg_units    bigint[]    NOT NULL,
  -- by which day of the tenant it counts
  day          date        NOT NULL,
  created_at   timestamptz NOT NULL,
  CONSTRAINT service_charge_counts CHECK (free_count + paid_count > 0),
  CONSTRAINT service_charge_legs CHECK (cardinality(leg_accounts) = cardinality(leg_units)),
  CONSTRAINT service_charge_once UNIQUE (tenant_id, request_id)
);
CREATE INDEX service_charge_by_user ON billing.service_charge (user_id, created_at DESC, id DESC);
CREATE INDEX service_charge_by_service
  ON billing.service_charge (user_id, service, created_at DESC, id DESC);

-- A charge that was given back, whole.
CREATE TABLE billing.service_refund (
  charge_id   uuid        PRIMARY KEY REFERENCES billing.service_charge,
  tenant_id   bigint      NOT NULL CHECK (tenant_id > 0),
  -- none where nothing had been paid
  transfer_id uuid,
  reason      text        NOT NULL CHECK (length(reason) <= 300),
  refunded_at timestamptz NOT NULL
);

-- What a check has reserved for the deduct of the same request id. It is held of the accounts until the
-- deduct comes or the reservation lapses.
CREATE TABLE billing.service_reservation (
  id           uuid        PRIMARY KEY,
  tenant_id    bigint      NOT NULL CHECK (tenant_id > 0),
  user_id      bigint      NOT NULL CHECK (user_id > 0),
  service      text        NOT NULL,
  request_id   text        NOT NULL CHECK (length(request_id) BETWEEN 1 AND 128),
  request_hash bytea       NOT NULL CHECK (octet_length(request_hash) = 32),
  reason       text        NOT NULL CHECK (reason IN ('free', 'balance')),
  leg_accounts bigint[]    NOT NULL,
  leg_units    bigint[]    NOT NULL,
  created_at   timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  ended_at     timestamptz,
  CONSTRAINT service_reservation_legs CHECK (cardinality(leg_accounts) = cardinality(leg_units))
) WITH (fillfactor = 90);
CREATE UNIQUE INDEX service_reservation_open ON billing.service_reservation (tenant_id, request_id)
  WHERE ended_at IS NULL;
CREATE INDEX service_reservation_expiry ON billing.service_reservation (expires_at)
  WHERE ended_at IS NULL;

-- Charges that were not given back, added up by user, service and day.
CREATE TABLE billing.service_day (
  tenant_id  bigint NOT NULL CHECK (tenant_id > 0),
  user_id    bigint NOT NULL CHECK (user_id > 0),
  service    text   NOT NULL,
  day        date   NOT NULL,
  free_count bigint NOT NULL,
  paid_count bigint NOT NULL,
  -- smallest units of the tenant's currency
  cost       bigint NOT NULL,
  PRIMARY KEY (user_id, service, day)
) WITH (fillfactor = 70);

-- That a user was told of a month's quota: once when it is low, once when it is used up.
CREATE TABLE billing.quota_notice (
  tenant_id  bigint      NOT NULL CHECK (tenant_id > 0),
  user_id    bigint      NOT NULL CHECK (user_id > 0),
  service    text        NOT NULL,
  month      text        NOT NULL CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
  notice     text        NOT NULL CHECK (notice IN ('low', 'exhausted')),
  noticed_at timestamptz NOT NULL,
  PRIMARY KEY (user_id, service, month, notice)
);

-- where the program runs as the owner there is no such role
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON billing.service_version, billing.service_charge,
      billing.service_refund, billing.quota_notice FROM tollgate_app;
    REVOKE UPDATE, DELETE, TRUNCATE ON billing.service_reservation FROM tollgate_app;
    GRANT UPDATE (ended_at) ON billing.service_reservation TO tollgate_app;
    REVOKE DELETE, TRUNCATE ON billing.service_day FROM tollgate_app;
  END IF;
END
$$;

-- Which ledger this is. Meter logs name it, so that logs of another one are refused; whoever puts a
-- database back to an older state renews it.
CREATE TABLE metering.ledger_identity (
  only_one   boolean     PRIMARY KEY DEFAULT true CHECK (only_one),
  id         uuid        NOT NULL,
  renewed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO metering.ledger_identity (id) VALUES (gen_random_uuid());

-- One meter log: one event loop of one start of a gateway process. It holds leases under its own id.
-- Everything up to (position, chain) is in the books. No index names what a settlement changes.
CREATE TABLE metering.meter_log (
  id          uuid        PRIMARY KEY,
  incarnation uuid        NOT NULL,
  shard       integer     NOT NULL CHECK (shard >= 0),
  boot        uuid        NOT NULL,
  state       text        NOT NULL DEFAULT 'open'
              CHECK (state IN ('open', 'recovering', 'ended', 'forked', 'lost')),
  position    bigint      NOT NULL CHECK (position >= 0),
  chain       integer     NOT NULL,
  -- the oldest segment that a recovery still needs
  segment     integer     NOT NULL DEFAULT 1 CHECK (segment >= 1),
  -- results that are in the books, and those kept as exceptions
  charges     bigint      NOT NULL DEFAULT 0 CHECK (charges >= 0),
  exceptions  bigint      NOT NULL DEFAULT 0 CHECK (exceptions >= 0),
  opened_at   timestamptz NOT NULL,
  settled_at  timestamptz,
  -- when its process said last that it runs; it does so when it has nothing to settle
  heard_at    timestamptz,
  ended_at    timestamptz
) WITH (fillfactor = 50);
CREATE INDEX meter_log_incarnation ON metering.meter_log (incarnation);

-- What a log's holder has been granted of an account, and how much of it is settled, both over the
-- lease's life: granted - settled is held for it. Written under the account's lock only.
CREATE TABLE metering.lease (
  holder     uuid    NOT NULL,
  account_id bigint  NOT NULL,
  number     bigint  NOT NULL CHECK (number >= 0),
  token      bigint  NOT NULL,
  granted    bigint  NOT NULL,
  settled    bigint  NOT NULL CHECK (settled >= 0),
  drained    boolean NOT NULL,
  PRIMARY KEY (holder, account_id),
  CONSTRAINT lease_not_overdrawn CHECK (granted >= settled)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);
CREATE INDEX lease_account ON metering.lease (account_id);

-- Who waits for an account, first come first served; forgotten after a fraction of a second.
CREATE UNLOGGED TABLE metering.want (
  account_id bigint      NOT NULL,
  place      integer     NOT NULL,
  holder     uuid        NOT NULL,
  units      bigint      NOT NULL CHECK (units > 0),
  until      timestamptz NOT NULL,
  PRIMARY KEY (account_id, place)
);

-- What a log's leases held when records may have been lost, or when it was given up: the most that
-- may have been spent without being in the books. Resolved when the log was settled after all.
CREATE TABLE metering.at_risk (
  log         uuid        NOT NULL,
  account_id  bigint      NOT NULL,
  cause       text        NOT NULL CHECK (cause IN ('loss', 'given_up')),
  units       bigint      NOT NULL CHECK (units > 0),
  noted_at    timestamptz NOT NULL,
  resolved_at timestamptz,
  PRIMARY KEY (log, account_id, cause)
);

-- Times during which acknowledged records of a log may have been lost.
CREATE TABLE metering.loss (
  log         uuid        PRIMARY KEY,
  incarnation uuid        NOT NULL,
  begins_at   timestamptz NOT NULL,
  ends_at     timestamptz NOT NULL,
  why         text        NOT NULL,
  noted_at    timestamptz NOT NULL
);

-- Charges that could not be booked: the records of intent and result as they stood in the log.
CREATE TABLE metering.settlement_exception (
  log         uuid        NOT NULL,
  sequence    bigint      NOT NULL,
  charge_id   uuid        NOT NULL,
  tenant_id   bigint      NOT NULL,
  user_id     bigint      NOT NULL,
  records     bytea       NOT NULL,
  why         text        NOT NULL,
  owner       text        NOT NULL DEFAULT 'operator',
  noted_at    timestamptz NOT NULL,
  resolved_at timestamptz,
  PRIMARY KEY (log, sequence)
);
CREATE INDEX settlement_exception_charge ON metering.settlement_exception (charge_id);
CREATE INDEX settlement_exception_open ON metering.settlement_exception (noted_at)
  WHERE resolved_at IS NULL;

-- The transfer that charged it, and its result's place in a meter log; null where it was settled
-- without a log, and without a transfer where it cost nothing.
ALTER TABLE metering.usage_record
  ADD COLUMN transfer_id uuid,
  ADD COLUMN log         uuid,
  ADD COLUMN sequence    bigint;

-- Usage records folded by the hour (UTC) of opened_at. upstream_account is 0 where none served.
CREATE TABLE metering.usage_statistic (
  bucket             timestamptz NOT NULL,
  tenant_id          bigint      NOT NULL,
  user_id            bigint      NOT NULL,
  api_key_id         bigint      NOT NULL,
  platform           text        NOT NULL,
  model              text        NOT NULL,
  upstream_account   bigint      NOT NULL,
  currency           text        NOT NULL,
  requests           bigint      NOT NULL,
  -- answered with neither 2xx nor 3xx
  failed             bigint      NOT NULL,
  input_tokens       bigint      NOT NULL,
  output_tokens      bigint      NOT NULL,
  cached_tokens      bigint      NOT NULL,
  cache_write_tokens bigint      NOT NULL,
  reasoning_tokens   bigint      NOT NULL,
  quota_tokens       bigint      NOT NULL,
  paid               bigint      NOT NULL,
  owed               bigint      NOT NULL,
  PRIMARY KEY (bucket, tenant_id, user_id, api_key_id, platform, model, upstream_account, currency)
) WITH (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);

INSERT INTO metering.usage_statistic
SELECT date_trunc('hour', opened_at, 'UTC'), tenant_id, user_id, api_key_id, platform, model,
       coalesce(upstream_account, 0), currency, count(*),
       count(*) FILTER (WHERE http_status NOT BETWEEN 200 AND 399),
       sum(input_tokens), sum(output_tokens), sum(cached_tokens), sum(cache_write_tokens),
       sum(reasoning_tokens), sum(quota_tokens), sum(paid), sum(owed)
  FROM metering.usage_record
 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8;

-- Where the program runs as the owner there is no such role.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    REVOKE ALL ON metering.ledger_identity FROM tollgate_app;
    GRANT SELECT ON metering.ledger_identity TO tollgate_app;
    REVOKE UPDATE, DELETE, TRUNCATE ON metering.loss, metering.at_risk,
      metering.settlement_exception, metering.usage_statistic FROM tollgate_app;
    GRANT UPDATE (resolved_at) ON metering.at_risk, metering.settlement_exception TO tollgate_app;
    GRANT UPDATE (requests, failed, input_tokens, output_tokens, cached_tokens, cache_write_tokens,
      reasoning_tokens, quota_tokens, paid, owed) ON metering.usage_statistic TO tollgate_app;
    REVOKE DELETE, TRUNCATE ON metering.meter_log FROM tollgate_app;
  END IF;
END
$$;

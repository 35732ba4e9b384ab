-- One start of one gateway process. Its passages are in doubt once it has ended without settling them.
CREATE TABLE metering.incarnation (
  id             uuid        PRIMARY KEY,
  data_directory uuid        NOT NULL,
  started_at     timestamptz NOT NULL,
  ended_at       timestamptz,
  clean          boolean     NOT NULL DEFAULT false
);
CREATE INDEX incarnation_open ON metering.incarnation (data_directory) WHERE ended_at IS NULL;

-- Requests that were let through and are not settled: the intent of money that is held.
CREATE TABLE metering.passage (
  charge_id          uuid        PRIMARY KEY,
  incarnation        uuid        NOT NULL REFERENCES metering.incarnation (id),
  tenant_id          bigint      NOT NULL,
  user_id            bigint      NOT NULL,
  api_key_id         bigint      NOT NULL,
  platform           text        NOT NULL,
  model              text        NOT NULL,
  stream             boolean     NOT NULL,
  client_request_id  text,
  opened_at          timestamptz NOT NULL,
  currency           text        NOT NULL,
  price_version      text        NOT NULL,
  estimate_input     bigint      NOT NULL CHECK (estimate_input >= 0),
  estimate_output    bigint      NOT NULL CHECK (estimate_output >= 0),
  progress_input     bigint      NOT NULL DEFAULT 0 CHECK (progress_input >= 0),
  progress_output    bigint      NOT NULL DEFAULT 0 CHECK (progress_output >= 0),
  -- set when its process died and the tenant wants to decide by hand
  in_doubt_since     timestamptz
);
CREATE INDEX passage_incarnation ON metering.passage (incarnation);
CREATE INDEX passage_opened ON metering.passage (opened_at, charge_id);
CREATE INDEX passage_user ON metering.passage (tenant_id, user_id, opened_at);

-- What each settled passage used and cost; append only, one partition per day (UTC) of opened_at.
CREATE TABLE metering.usage_record (
  charge_id          uuid        NOT NULL,
  opened_at          timestamptz NOT NULL,
  settled_at         timestamptz NOT NULL,
  tenant_id          bigint      NOT NULL,
  user_id            bigint      NOT NULL,
  api_key_id         bigint      NOT NULL,
  upstream_account   bigint,
  platform           text        NOT NULL,
  model              text        NOT NULL,
  upstream_model     text        NOT NULL,
  stream             boolean     NOT NULL,
  client_request_id  text,
  http_status        integer     NOT NULL,
  error_code         text,
  attempts           integer     NOT NULL CHECK (attempts >= 0),
  input_tokens       bigint      NOT NULL CHECK (input_tokens >= 0),
  output_tokens      bigint      NOT NULL CHECK (output_tokens >= 0),
  cached_tokens      bigint      NOT NULL CHECK (cached_tokens >= 0),
  cache_write_tokens bigint      NOT NULL CHECK (cache_write_tokens >= 0),
  reasoning_tokens   bigint      NOT NULL CHECK (reasoning_tokens >= 0),
  reported           boolean     NOT NULL,
  quota_tokens       bigint      NOT NULL CHECK (quota_tokens >= 0),
  currency           text        NOT NULL,
  price_version      text        NOT NULL,
  paid               bigint      NOT NULL CHECK (paid >= 0),
  owed               bigint      NOT NULL CHECK (owed >= 0),
  latency_ms         bigint      NOT NULL,
  first_token_ms     bigint,
  outcome            text        NOT NULL CHECK (outcome IN ('settled', 'in_doubt')),
  PRIMARY KEY (charge_id, opened_at)
) PARTITION BY RANGE (opened_at);
CREATE INDEX usage_record_time ON metering.usage_record (opened_at DESC, charge_id DESC);
CREATE INDEX usage_record_tenant ON metering.usage_record (tenant_id, opened_at DESC, charge_id DESC);
CREATE INDEX usage_record_user ON metering.usage_record (user_id, opened_at DESC, charge_id DESC);

-- Where the program runs as the owner there is no such role.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON metering.usage_record FROM tollgate_app;
  END IF;
END
$$;

-- The application may not own tables; it asks for the day's partition here.
CREATE FUNCTION metering.ensure_usage_partition(day date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, metering AS $$
DECLARE
  partition_name text := 'usage_record_' || to_char(day, 'YYYYMMDD');
BEGIN
  IF day < date '2020-01-01' OR day > current_date + 400 THEN
    RAISE EXCEPTION 'usage partition: % (expected: 2020-01-01 to 400 days ahead)', day;
  END IF;
  IF to_regclass('metering.' || partition_name) IS NOT NULL THEN
    RETURN;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('metering.ensure_usage_partition'));
  IF to_regclass('metering.' || partition_name) IS NOT NULL THEN
    RETURN;
  END IF;
  EXECUTE format(
    'CREATE TABLE metering.%I PARTITION OF metering.usage_record FOR VALUES FROM (%L) TO (%L)',
    partition_name, day::timestamp AT TIME ZONE 'UTC', (day + 1)::timestamp AT TIME ZONE 'UTC');
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    EXECUTE format('REVOKE UPDATE, DELETE, TRUNCATE ON metering.%I FROM tollgate_app', partition_name);
  END IF;
END
$$;

-- What upstreams charge for requests, in nano USD, by the cost of the model and of the account at that
-- moment; null where it is not known, as for all records of earlier builds.
ALTER TABLE metering.usage_record ADD COLUMN upstream_cost bigint;
ALTER TABLE metering.superseded_usage ADD COLUMN upstream_cost bigint;
ALTER TABLE metering.usage_statistic ADD COLUMN upstream_cost numeric(38, 0) NOT NULL DEFAULT 0;

-- What each provider account has cost, by the day (UTC) on which its requests were opened and of all
-- time, written in the transaction that books the requests: always the sum of the usage records. The
-- version grows with every change, so that whoever keeps a copy knows which of two is the later.
CREATE TABLE metering.account_cost_day (
  account_id bigint         NOT NULL,
  day        date           NOT NULL,
  requests   bigint         NOT NULL,
  total_nano numeric(38, 0) NOT NULL,
  version    bigint         NOT NULL,
  PRIMARY KEY (account_id, day)
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

CREATE TABLE metering.account_cost (
  account_id bigint         PRIMARY KEY,
  requests   bigint         NOT NULL,
  total_nano numeric(38, 0) NOT NULL,
  version    bigint         NOT NULL
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

INSERT INTO metering.account_cost_day
SELECT upstream_account, (opened_at AT TIME ZONE 'UTC')::date, count(*), 0, 1
  FROM metering.usage_record
 WHERE upstream_account IS NOT NULL
 GROUP BY 1, 2;
INSERT INTO metering.account_cost
SELECT account_id, sum(requests), 0, 1 FROM metering.account_cost_day GROUP BY 1;

-- As before, with the new column.
CREATE OR REPLACE FUNCTION metering.supersede_usage(
  charges uuid[], earliest timestamptz, latest timestamptz, moment timestamptz)
RETURNS SETOF metering.superseded_usage
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, metering AS $$
  WITH gone AS (
    DELETE FROM metering.usage_record
     WHERE charge_id = ANY (charges)
       AND opened_at >= earliest
       AND opened_at <= latest
       AND outcome = 'in_doubt'
    RETURNING *
  )
  INSERT INTO metering.superseded_usage (charge_id, opened_at, settled_at, tenant_id, user_id,
    api_key_id, upstream_account, platform, model, upstream_model, stream, client_request_id,
    http_status, error_code, attempts, input_tokens, output_tokens, cached_tokens,
    cache_write_tokens, reasoning_tokens, reported, quota_tokens, currency, price_version, paid, owed,
    latency_ms, first_token_ms, outcome, transfer_id, log, sequence, kinds, upstream_cost,
    superseded_at)
  SELECT charge_id, opened_at, settled_at, tenant_id, user_id, api_key_id, upstream_account, platform,
    model, upstream_model, stream, client_request_id, http_status, error_code, attempts, input_tokens,
    output_tokens, cached_tokens, cache_write_tokens, reasoning_tokens, reported, quota_tokens,
    currency, price_version, paid, owed, latency_ms, first_token_ms, outcome, transfer_id, log,
    sequence, kinds, upstream_cost, moment
    FROM gone
  RETURNING *
$$;

-- Where the program runs as the owner there is no such role.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    GRANT UPDATE (upstream_cost) ON metering.usage_statistic TO tollgate_app;
    REVOKE DELETE, TRUNCATE ON metering.account_cost_day, metering.account_cost FROM tollgate_app;
  END IF;
END
$$;

-- Usage by kind. The totals of tokens stand in columns of their own, as lists filter and statistics
-- fold on them. What they do not tell stands in kinds: how much there is of each further kind, by its
-- code, as {"audio_input": 12}; null where there is none. A further kind of usage needs no migration.
ALTER TABLE metering.usage_record ADD COLUMN kinds jsonb;
ALTER TABLE metering.superseded_usage ADD COLUMN kinds jsonb;
ALTER TABLE metering.usage_statistic ADD COLUMN kinds jsonb;

-- What was reserved for and how far it came, whole, by code; null in rows that are older.
ALTER TABLE metering.passage
  ADD COLUMN estimate jsonb,
  ADD COLUMN progress jsonb;

-- Sums of two objects by kind; what comes to nothing is left out, and what is no number counts nothing.
CREATE FUNCTION metering.add_kinds(one jsonb, other jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE SET search_path = pg_catalog AS $$
  SELECT coalesce(jsonb_object_agg(sums.kind, sums.units), '{}')
    FROM (SELECT pair.kind, sum((pair.units #>> '{}')::numeric) AS units
            FROM (SELECT key AS kind, value AS units FROM jsonb_each(one)
                  UNION ALL
                  SELECT key, value FROM jsonb_each(other)) AS pair
           WHERE jsonb_typeof(pair.units) = 'number'
           GROUP BY pair.kind) AS sums
   WHERE sums.units <> 0
$$;

CREATE AGGREGATE metering.sum_kinds(jsonb) (
  SFUNC = metering.add_kinds, STYPE = jsonb, COMBINEFUNC = metering.add_kinds, PARALLEL = SAFE
);

-- As before, with every column by its name: a column that is added to usage_record is added to
-- superseded_usage and to this function.
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
    latency_ms, first_token_ms, outcome, transfer_id, log, sequence, kinds, superseded_at)
  SELECT charge_id, opened_at, settled_at, tenant_id, user_id, api_key_id, upstream_account, platform,
    model, upstream_model, stream, client_request_id, http_status, error_code, attempts, input_tokens,
    output_tokens, cached_tokens, cache_write_tokens, reasoning_tokens, reported, quota_tokens,
    currency, price_version, paid, owed, latency_ms, first_token_ms, outcome, transfer_id, log,
    sequence, kinds, moment
    FROM gone
  RETURNING *
$$;

-- Where the program runs as the owner there is no such role.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    GRANT UPDATE (kinds) ON metering.usage_statistic TO tollgate_app;
  END IF;
END
$$;

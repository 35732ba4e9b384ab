-- Requests in doubt that were charged by rule or by hand, and whose result was found later. What they
-- had been charged moves here whole, the record of the result takes its place, and the ledger has a
-- contra transfer (operation relay.correction) of the one and the charge of the other.
-- A column that is added to usage_record is added here as well, before superseded_at.
CREATE TABLE metering.superseded_usage (
  LIKE metering.usage_record,
  superseded_at timestamptz NOT NULL,
  PRIMARY KEY (charge_id),
  CHECK (outcome = 'in_doubt')
);
CREATE INDEX superseded_usage_time ON metering.superseded_usage (opened_at DESC, charge_id DESC);

-- The application may not remove usage records; it asks here for what a result supersedes.
CREATE FUNCTION metering.supersede_usage(
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
  INSERT INTO metering.superseded_usage
  SELECT gone.*, moment FROM gone
  RETURNING *
$$;

-- Where the program runs as the owner there is no such role.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    REVOKE ALL ON metering.superseded_usage FROM tollgate_app;
    GRANT SELECT ON metering.superseded_usage TO tollgate_app;
  END IF;
END
$$;

-- For how many days requests of a tenant stay in the log of requests; those of others as a setting says.
CREATE TABLE insight.log_retention (
  tenant_id   bigint PRIMARY KEY CHECK (tenant_id > 0),
  days        integer NOT NULL CHECK (days BETWEEN 1 AND 3650),
  updated_at  timestamptz NOT NULL DEFAULT now()
);

-- What the log of requests and the books say of what a tenant was charged for the requests that arrived on
-- a day (UTC), as they were compared last.
CREATE TABLE insight.log_comparison (
  day              date        NOT NULL,
  tenant_id        bigint      NOT NULL,
  currency         text        NOT NULL,
  booked_requests  bigint      NOT NULL,
  logged_requests  bigint      NOT NULL,
  booked_quota     bigint      NOT NULL,
  logged_quota     bigint      NOT NULL,
  booked_cost      numeric     NOT NULL,
  logged_cost      numeric     NOT NULL,
  mended           bigint      NOT NULL CHECK (mended >= 0),
  compared_at      timestamptz NOT NULL,
  PRIMARY KEY (day, tenant_id, currency)
);
CREATE INDEX log_comparison_differing ON insight.log_comparison (day, tenant_id, currency)
  WHERE booked_requests <> logged_requests OR booked_quota <> logged_quota OR booked_cost <> logged_cost;

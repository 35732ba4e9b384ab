-- For how many days requests of tenants without days of their own stay in the log of requests, where an
-- administrator has said so; without a row a setting says it.
CREATE TABLE insight.usual_retention (
  id         text        PRIMARY KEY CHECK (id = 'insight.days'),
  days       integer     NOT NULL CHECK (days BETWEEN 1 AND 3650),
  updated_at timestamptz NOT NULL DEFAULT now()
);

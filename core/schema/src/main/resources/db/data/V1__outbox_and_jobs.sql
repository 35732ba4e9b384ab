-- Events, written in the transaction of the change they tell of. They are delivered in the order of
-- (xid, id), and only from transactions older than every one that still runs: then nothing
-- can appear later that belongs before what was delivered.
CREATE TABLE outbox (
  id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event       uuid NOT NULL DEFAULT uuidv7() UNIQUE,
  tenant      bigint NOT NULL CHECK (tenant > 0),
  subject     text NOT NULL CHECK (length(subject) BETWEEN 1 AND 255),
  type        text NOT NULL CHECK (length(type) BETWEEN 1 AND 100),
  payload     jsonb NOT NULL CHECK (jsonb_typeof(payload) = 'object'),
  xid         xid8 NOT NULL DEFAULT pg_current_xact_id(),
  created_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX outbox_order ON outbox (xid, id);
CREATE INDEX outbox_age ON outbox (created_at);

-- How far each subscriber got.
CREATE TABLE outbox_cursor (
  subscriber  text PRIMARY KEY CHECK (length(subscriber) BETWEEN 1 AND 100),
  xid         xid8 NOT NULL DEFAULT '0',
  id          bigint NOT NULL DEFAULT 0,
  updated_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- When each recurring job ran last, over all processes.
CREATE TABLE job (
  name        text PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 100),
  next_run_at timestamptz NOT NULL,
  started_at  timestamptz,
  ended_at    timestamptz,
  failures    integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
  last_error  text
);

-- Whose an exception or a loss is, once an administrator has taken it, and what was done about it.
ALTER TABLE metering.settlement_exception
  ADD COLUMN admin_id bigint,
  ADD COLUMN action   text CHECK (action IN ('booked', 'known', 'closed')),
  ADD COLUMN note     text CHECK (length(note) BETWEEN 1 AND 500);
ALTER TABLE metering.loss
  ADD COLUMN admin_id  bigint,
  ADD COLUMN note      text CHECK (length(note) BETWEEN 1 AND 500),
  ADD COLUMN closed_at timestamptz;

-- as administrators list them, the newest first
CREATE INDEX settlement_exception_in_order
  ON metering.settlement_exception (noted_at, log, sequence);
CREATE INDEX loss_in_order ON metering.loss (noted_at, log);

-- Processes that an administrator declared lost: who did, and why.
CREATE TABLE metering.declared_lost (
  -- of the process, its incarnation
  id          uuid        PRIMARY KEY,
  admin_id    bigint      NOT NULL,
  reason      text        NOT NULL CHECK (length(reason) BETWEEN 1 AND 200),
  declared_at timestamptz NOT NULL
);

-- Where the program runs as the owner there is no such role.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    REVOKE UPDATE, DELETE, TRUNCATE ON metering.declared_lost FROM tollgate_app;
    GRANT UPDATE (admin_id, action, note) ON metering.settlement_exception TO tollgate_app;
    GRANT UPDATE (admin_id, note, closed_at) ON metering.loss TO tollgate_app;
  END IF;
END
$$;

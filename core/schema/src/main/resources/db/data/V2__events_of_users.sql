-- Events of a user are numbered: by the version that the user's row has once they are committed.
-- The rows are locked at the very end of a transaction, in the order of their numbers, so that the
-- versions of a user grow in the order of the commits. A change that no event tells of counts too.
CREATE TABLE user_version (
  user_id         bigint PRIMARY KEY CHECK (user_id > 0),
  version         bigint NOT NULL CHECK (version > 0),
  -- versions of the last event, and of the last one before the transaction that wrote that
  last_event      bigint NOT NULL DEFAULT 0,
  previous_event  bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

-- Fields only: who and when stand in columns, and are written into what is delivered. As json, since
-- jsonb would forget the order of the fields and cost more to write.
ALTER TABLE outbox
  DROP CONSTRAINT outbox_event_key,
  DROP CONSTRAINT outbox_payload_check,
  ALTER COLUMN payload TYPE json USING payload::text::json,
  ADD COLUMN user_id  bigint NOT NULL DEFAULT 0 CHECK (user_id >= 0),
  ADD COLUMN version  bigint NOT NULL DEFAULT 0,
  ADD COLUMN previous bigint NOT NULL DEFAULT 0;
-- old events go in the order of outbox_order
DROP INDEX outbox_age;
CREATE UNIQUE INDEX outbox_of_user ON outbox (user_id, version) WHERE user_id > 0;

-- A subscriber has all events of transactions before xid; and of those before until the events up
-- to id. All of such a window are certain, and are delivered in the order of id: that is the order
-- in which the events of a user were written, while transactions may end in another one.
ALTER TABLE outbox_cursor ADD COLUMN until xid8 NOT NULL DEFAULT '0';
UPDATE outbox_cursor SET id = 0;

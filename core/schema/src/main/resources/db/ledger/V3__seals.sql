-- Sealing: each committed transfer becomes a member of one seal, and each seal names its one
-- predecessor by its hash, so that nobody changes what was posted without being seen.

-- members: transfer ids, ascending. marks: the first 8 bytes of each member's own SHA-256, in the
-- same order, by which a changed member is named; the hash alone decides.
CREATE TABLE ledger.seal (
  number    bigint      PRIMARY KEY CHECK (number > 0),
  previous  bytea       NOT NULL CHECK (octet_length(previous) = 32),
  hash      bytea       NOT NULL CHECK (octet_length(hash) = 32),
  members   uuid[]      NOT NULL CHECK (cardinality(members) > 0),
  marks     bytea       NOT NULL,
  highest   uuid        NOT NULL,
  entries   bigint      NOT NULL,
  sealed_at timestamptz NOT NULL,
  CONSTRAINT seal_has_one_successor UNIQUE (previous),
  CONSTRAINT seal_highest_is_a_member CHECK (highest = members[cardinality(members)]),
  CONSTRAINT seal_marks_each_member CHECK (octet_length(marks) = 8 * cardinality(members))
);

CREATE INDEX seal_by_highest ON ledger.seal (highest);

-- Transfers that wait for their seal; each is written with its transfer.
CREATE TABLE ledger.unsealed (
  transfer_id uuid    PRIMARY KEY,
  entries     integer NOT NULL CHECK (entries >= 0)
) WITH (autovacuum_vacuum_scale_factor = 0.05);

INSERT INTO ledger.unsealed (transfer_id, entries)
SELECT t.id, count(e.transfer_id)
  FROM ledger.transfer t
  LEFT JOIN ledger.entry e ON e.transfer_id = t.id
 GROUP BY t.id;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'tollgate_app') THEN
    REVOKE ALL ON ledger.seal, ledger.unsealed FROM tollgate_app;
    GRANT SELECT, INSERT ON ledger.seal TO tollgate_app;
    GRANT SELECT, INSERT, DELETE ON ledger.unsealed TO tollgate_app;
  END IF;
END
$$;

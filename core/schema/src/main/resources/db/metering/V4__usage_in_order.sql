-- Usage records come in the order of time. In an ascending index they are appended at its end, which
-- is found at once and leaves full pages behind; at the beginning of a descending one every page is
-- split in the middle. Read backwards they serve the same lists.
DROP INDEX metering.usage_record_time;
DROP INDEX metering.usage_record_tenant;
DROP INDEX metering.usage_record_user;
CREATE INDEX usage_record_time ON metering.usage_record (opened_at, charge_id);
CREATE INDEX usage_record_tenant ON metering.usage_record (tenant_id, opened_at, charge_id);
CREATE INDEX usage_record_user ON metering.usage_record (user_id, opened_at, charge_id);

-- An audit from a time on reads what was settled since. Records are settled in the order in which they
-- are stored, so the least and the most of each few pages say which of them need not be read.
CREATE INDEX usage_record_settled ON metering.usage_record USING brin (settled_at)
  WITH (autosummarize = on);

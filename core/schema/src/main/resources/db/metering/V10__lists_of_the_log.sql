-- The log of requests lists them now: by time and by tenant they are asked for here by few, and each
-- charge paid for both indexes. What is asked for by time is in few pages, as records come in its order.
DROP INDEX metering.usage_record_time;
DROP INDEX metering.usage_record_tenant;
CREATE INDEX usage_record_opened ON metering.usage_record USING brin (opened_at)
  WITH (autosummarize = on, pages_per_range = 32);

-- Lists of requests show those in doubt, which the log of requests may not know: their process died.
-- There are few of them among many.
CREATE INDEX usage_record_in_doubt ON metering.usage_record (opened_at, charge_id)
  WHERE outcome = 'in_doubt';

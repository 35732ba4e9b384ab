-- What a user has used in a time, by the hour: their own rows are found without everybody's.
CREATE INDEX usage_statistic_by_user ON metering.usage_statistic (user_id, bucket);

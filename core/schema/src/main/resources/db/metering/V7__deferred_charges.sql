-- Passages that belong to no process: what they may cost is held in the books, under their own id, until
-- it is known how they ended, however many gateways come and go meanwhile.
ALTER TABLE metering.passage ALTER COLUMN incarnation DROP NOT NULL;
-- the accounts of the spend limits under which it was opened; null where the hold's legs say it
ALTER TABLE metering.passage ADD COLUMN limits bigint[];
CREATE INDEX passage_deferred ON metering.passage (opened_at) WHERE incarnation IS NULL;

-- The lines that Vector brings: deploy/vector/vector.toml. A test holds its columns to those of the rows.
CREATE DATABASE IF NOT EXISTS tollgate;

CREATE TABLE IF NOT EXISTS tollgate.log_lines
(
    `timestamp` DateTime64(3, 'UTC') CODEC(Delta, ZSTD),
    `host` LowCardinality(String),
    `file` LowCardinality(String),
    `level` LowCardinality(String),
    `logger` LowCardinality(String),
    `thread` LowCardinality(String),
    `message` LowCardinality(String),
    `request_id` String CODEC(ZSTD),
    `trace_id` String CODEC(ZSTD),
    `span_id` String CODEC(ZSTD),
    `tenant_id` UInt64,
    `user_id` UInt64,
    `stack_trace` String CODEC(ZSTD),
    `fields` String CODEC(ZSTD),
    INDEX by_request request_id TYPE bloom_filter GRANULARITY 4,
    INDEX by_trace trace_id TYPE bloom_filter GRANULARITY 4
)
ENGINE = MergeTree
PARTITION BY toYYYYMMDD(timestamp)
ORDER BY (level, timestamp)
TTL toDateTime(timestamp) + INTERVAL 30 DAY;

package io.tollgate.insight;

/** How an export of requests is written. */
public enum LogFormat {
  CSV,
  PARQUET
}

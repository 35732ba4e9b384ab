package io.tollgate.insight;

/** By what statistics of requests are grouped. */
public enum LogGrouping {
  NONE,
  TENANT,
  USER,
  KEY,
  ACCOUNT,
  MODEL,
  PLATFORM,
  STATUS,
  ERROR,
  HOUR,
  DAY
}

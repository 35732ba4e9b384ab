package io.tollgate.sandbox.internal.trading.rest;

/** What a call must show. */
enum Security {
  NONE,
  /** A key. */
  KEY,
  /** A key, and that the caller has its secret. */
  SIGNED
}

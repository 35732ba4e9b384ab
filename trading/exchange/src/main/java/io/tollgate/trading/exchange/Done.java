package io.tollgate.trading.exchange;

/** The value of a call that has none. */
public enum Done {
  DONE
}

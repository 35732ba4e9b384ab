package io.tollgate.trading.exchange;

/** How long what a limit order has not filled stays. */
public enum TimeInForce {
  /** Until it is cancelled. */
  GTC,
  /** Not at all: what does not fill at once is cancelled. */
  IOC,
  /** Not at all, and it fills whole or not at all. */
  FOK,
  /** Until it is cancelled, and it is refused where it would fill at once. */
  POST_ONLY
}

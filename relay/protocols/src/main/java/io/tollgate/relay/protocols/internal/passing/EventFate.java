package io.tollgate.relay.protocols.internal.passing;

/** What becomes of an event. */
public enum EventFate {
  /** It goes on to the caller. */
  PASS,
  /** The caller does not get it. */
  DROP,
  /** The caller gets it when the result is recorded. */
  HOLD,
  /** Something else goes on instead. */
  REPLACE
}

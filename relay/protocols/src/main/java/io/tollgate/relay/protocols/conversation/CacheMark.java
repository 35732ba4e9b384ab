package io.tollgate.relay.protocols.conversation;

/** How long an upstream is asked to keep what comes up to here. */
public enum CacheMark {
  NONE,
  FIVE_MINUTES,
  ONE_HOUR
}

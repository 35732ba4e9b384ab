package io.tollgate.payments;

/** What became of a notification. */
public enum NotificationOutcome {
  /** It is stored, or concerns nothing that is ours to store: not to be sent again. */
  STORED,
  /** It is the channel's, and could not be stored yet: to be sent again. */
  LATER,
  /** It is not believed. */
  REFUSED
}

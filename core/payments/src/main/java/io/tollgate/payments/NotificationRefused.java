package io.tollgate.payments;

/** A notification that is not believed. Its message is for the log and carries no secret. */
public final class NotificationRefused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why it is not believed; also the label of the metric. */
  public enum Reason {
    /** It is not signed by the channel. */
    FORGED,
    /** It is signed, and too old. */
    STALE,
    /** It cannot be read. */
    MALFORMED
  }

  public NotificationRefused(Reason reason, String message) {
    // an answer, not a fault: outsiders can cause it as often as they like
    super(message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}

package io.tollgate.sandbox.internal.venue;

import static java.util.Objects.requireNonNull;

/** A call that an exchange does not do; each protocol has its own words for the reason. */
public final class Refused extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  /** Why. */
  public enum Reason {
    BAD_KEY,
    BAD_SIGNATURE,
    /** The time it is signed with is too far from here. */
    BAD_TIME,
    /** It came after the moment from which it is void. */
    VOID,
    BAD_PARAMETER,
    NO_SYMBOL,
    BAD_PRECISION,
    TOO_SMALL,
    NO_FUNDS,
    DUPLICATE,
    NOTHING_TO_REDUCE,
    NO_ORDER,
    /** There is such an order, and it has ended. */
    ENDED,
    NO_CHANGE,
    NO_SUCH_CALL
  }

  public Refused(Reason reason, String message) {
    super(message, null, false, false);
    this.reason = requireNonNull(reason, "reason");
  }

  public Reason reason() {
    return reason;
  }

  /** What it says, for the answer. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}

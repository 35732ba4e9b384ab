package io.tollgate.trading.engine.guard;

import static java.util.Objects.requireNonNull;

/** Whether a signal may go on. */
public sealed interface GuardVerdict {
  /** It may. */
  record Passed() implements GuardVerdict {}

  /**
   * It may not.
   *
   * @param reason what was found, and what was expected
   */
  record Rejected(Code code, String reason) implements GuardVerdict {
    public Rejected {
      requireNonNull(code, "code is null");
      requireNonNull(reason, "reason is null");
    }
  }

  /** What a rejection is told as. */
  enum Code {
    RISK_LOW_CONFIDENCE,
    RISK_SIGNAL_STALE,
    /** The price has gone away from the entry, or past the stop or the target already. */
    RISK_PRICE_DRIFT,
    /** It cannot be told. */
    RISK_ERROR
  }
}

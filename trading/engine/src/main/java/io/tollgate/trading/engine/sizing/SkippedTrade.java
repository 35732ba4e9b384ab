package io.tollgate.trading.engine.sizing;

import static java.util.Objects.requireNonNull;

/**
 * A trade that is not made, as it cannot be made as large, or as small, as its terms want it.
 *
 * @param sentence what was found, and what was expected
 */
public record SkippedTrade(Reason reason, String sentence) implements TradeAmount, OrderQuantity {
  public SkippedTrade {
    requireNonNull(reason, "reason is null");
    requireNonNull(sentence, "sentence is null");
  }

  /** Why, as it is told. */
  public enum Reason {
    /** Less than the exchange takes, or than one step. */
    MIN_NOTIONAL,
    /** The amount follows from a stop, and there is none. */
    NO_STOP,
    /** Before the stop is reached the position would be liquidated. */
    STOP_TOO_FAR
  }
}

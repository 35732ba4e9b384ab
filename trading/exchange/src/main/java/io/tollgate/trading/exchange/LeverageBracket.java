package io.tollgate.trading.exchange;

import java.math.BigDecimal;

/**
 * How far positions up to a size may be levered.
 *
 * @param upTo the size, both ends in
 * @param unit in which the exchange counts it
 * @param leverage at most
 * @param maintenanceRate of the value that has to stay as margin (0.004 = 0.4 %)
 */
public record LeverageBracket(
    BigDecimal upTo, Unit unit, BigDecimal leverage, BigDecimal maintenanceRate) {
  /** What a size is counted in. */
  public enum Unit {
    /** The value, in the quote coin. */
    QUOTE,
    /** The quantity, in the base coin. */
    BASE
  }
}

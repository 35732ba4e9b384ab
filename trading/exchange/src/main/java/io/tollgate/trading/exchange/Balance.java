package io.tollgate.trading.exchange;

import java.math.BigDecimal;

/**
 * What an account has of a coin.
 *
 * @param total without what open positions have won or lost
 * @param available for new orders
 * @param unrealized what open positions would bring now; 0 for spot
 */
public record Balance(
    String currency, BigDecimal total, BigDecimal available, BigDecimal unrealized) {
  /** What is tied up in orders and margins. */
  public BigDecimal frozen() {
    return total.subtract(available).max(BigDecimal.ZERO);
  }
}

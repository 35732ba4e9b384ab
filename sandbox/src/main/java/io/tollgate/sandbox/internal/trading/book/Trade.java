package io.tollgate.sandbox.internal.trading.book;

import java.math.BigDecimal;

/**
 * A fill of an order.
 *
 * @param fee what was charged, in {@code feeCoin}
 * @param realized profit that it realised, without the fee; zero on the spot market
 */
public record Trade(
    long id,
    long orderId,
    String symbol,
    Side side,
    PositionSide positionSide,
    BigDecimal price,
    BigDecimal quantity,
    BigDecimal fee,
    String feeCoin,
    BigDecimal realized,
    boolean maker,
    long time) {
  public BigDecimal value() {
    return price.multiply(quantity);
  }
}

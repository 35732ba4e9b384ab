package io.tollgate.trading.exchange;

import java.math.BigDecimal;

/** Which position of a contract an order concerns. */
public enum PositionSide {
  LONG,
  SHORT,
  /** The only one: spot, and contracts in one-way mode. */
  NONE;

  /** Of a position's size, which is negative when it is short; {@code NONE} of 0. */
  public static PositionSide ofSize(BigDecimal size) {
    return switch (size.signum()) {
      case 1 -> LONG;
      case -1 -> SHORT;
      default -> NONE;
    };
  }
}

package io.tollgate.trading.engine.backtest;

import io.tollgate.trading.strategies.SignalSide;
import java.math.BigDecimal;

/** A trade as a line of text, to the last digit. */
final class TradeLine {
  private TradeLine() {}

  static String of(
      SignalSide side,
      BigDecimal entry,
      long since,
      BigDecimal exit,
      long time,
      BigDecimal quantity,
      String reason,
      BigDecimal fees,
      BigDecimal pnl) {
    return String.join(
        " ",
        side.name(),
        text(entry),
        Long.toString(since),
        text(exit),
        Long.toString(time),
        text(quantity),
        reason,
        text(fees),
        text(pnl));
  }

  private static String text(BigDecimal amount) {
    return amount.signum() == 0 ? "0" : amount.stripTrailingZeros().toPlainString();
  }
}

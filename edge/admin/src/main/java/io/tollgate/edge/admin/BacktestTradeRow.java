package io.tollgate.edge.admin;

import io.tollgate.trading.engine.backtest.BacktestTrade;
import io.tollgate.trading.strategies.SignalSide;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A trade of a backtest as it is shown.
 *
 * @param pnlPct of the entry notional; of the margin where positions are isolated
 */
record BacktestTradeRow(
    long tradeId,
    String side,
    BigDecimal entryPrice,
    Instant entryTime,
    BigDecimal exitPrice,
    Instant exitTime,
    BigDecimal quantity,
    @Nullable BigDecimal stopLoss,
    @Nullable BigDecimal takeProfit,
    String exitReason,
    BigDecimal pnl,
    BigDecimal pnlPct,
    BigDecimal fees,
    BigDecimal funding) {
  private static final int PERCENT_DECIMALS = 4;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /**
   * A row of it.
   *
   * @param isolated whether its profit is shown as a share of the margin
   */
  static BacktestTradeRow of(BacktestTrade trade, boolean isolated) {
    BigDecimal entryNotional = trade.entryPrice().multiply(trade.quantity());
    BigDecimal base = isolated ? trade.margin() : entryNotional;
    return new BacktestTradeRow(
        trade.id(),
        trade.side() == SignalSide.BUY ? "LONG" : "SHORT",
        PlainNumber.of(trade.entryPrice()),
        Instant.ofEpochMilli(trade.entryTime()),
        PlainNumber.of(trade.exitPrice()),
        Instant.ofEpochMilli(trade.exitTime()),
        PlainNumber.of(trade.quantity()),
        level(trade.stopLoss()),
        level(trade.takeProfit()),
        trade.exitReason().name(),
        PlainNumber.of(trade.pnl()),
        base.signum() == 0 ? BigDecimal.ZERO : percent(trade.pnl(), base),
        PlainNumber.of(trade.fees()),
        PlainNumber.of(trade.funding()));
  }

  private static BigDecimal percent(BigDecimal part, BigDecimal base) {
    return PlainNumber.of(
        part.multiply(HUNDRED)
            .divide(base, MathContext.DECIMAL128)
            .setScale(PERCENT_DECIMALS, RoundingMode.HALF_EVEN));
  }

  private static @Nullable BigDecimal level(OptionalDouble price) {
    return price.isPresent() ? PlainNumber.of(price.getAsDouble()) : null;
  }
}

package io.tollgate.edge.admin;

import io.tollgate.trading.engine.analytics.RiskFigures;
import io.tollgate.trading.engine.analytics.TradeTotals;
import io.tollgate.trading.engine.backtest.BacktestOutcome;
import io.tollgate.trading.engine.backtest.BacktestResult;
import io.tollgate.trading.engine.backtest.BacktestTrade;
import io.tollgate.trading.engine.backtest.EquityMark;
import io.tollgate.trading.strategies.SignalSide;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** The result of a backtest under the names that callers know. */
final class BacktestShown {
  private static final int MEASURE_DECIMALS = 8;
  private static final int PERCENT_DECIMALS = 4;
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Map<String, @Nullable Object> shown = new LinkedHashMap<>();

  private BacktestShown() {}

  /**
   * All of it.
   *
   * @param isolated whether profits are shown as shares of the margin
   */
  static Map<String, @Nullable Object> of(
      BacktestBody asked, BacktestResult result, boolean isolated) {
    BacktestShown all = new BacktestShown();
    all.shown.put("strategy_code", asked.kind().code());
    all.shown.put("symbol", asked.symbol());
    all.shown.put("timeframe", asked.timeframe().code());
    all.shown.put("start_time", Instant.ofEpochMilli(result.startTime()));
    all.shown.put("end_time", Instant.ofEpochMilli(result.endTime()));
    all.trades(result);
    all.balance(result.outcome());
    all.risk(result.risk());
    all.shown.put("dropped", dropped(result));
    all.shown.put("gaps", result.outcome().gaps());
    all.shown.put("bars", result.outcome().bars());
    all.shown.put("warnings", asked.settings().warnings());
    all.shown.put("trades", result.trades().stream().map(each -> trade(each, isolated)).toList());
    all.shown.put("equity_curve", result.equityCurve().stream().map(BacktestShown::mark).toList());
    return all.shown;
  }

  private void trades(BacktestResult result) {
    TradeTotals totals = result.all();
    shown.put("total_trades", totals.trades());
    shown.put("winning_trades", totals.winners());
    shown.put("losing_trades", totals.losers());
    shown.put("win_rate", totals.winRate());
    shown.put("long_trades", result.longs().trades());
    shown.put("short_trades", result.shorts().trades());
    shown.put("long_pnl", plain(result.longs().pnl()));
    shown.put("short_pnl", plain(result.shorts().pnl()));
    shown.put("total_pnl", plain(totals.pnl()));
    shown.put("total_pnl_pct", totals.pnlPercentOf(result.outcome().initialBalance()));
    shown.put("avg_pnl", totals.averagePnl());
    shown.put("avg_win", totals.averageWin());
    shown.put("avg_loss", totals.averageLoss());
    shown.put("risk_reward_ratio", totals.riskRewardRatio());
    shown.put("profit_factor", totals.profitFactor().orElse(null));
    shown.put("expectancy", totals.averagePnl());
  }

  private void balance(BacktestOutcome outcome) {
    shown.put("initial_balance", plain(outcome.initialBalance()));
    shown.put("final_balance", plain(outcome.finalBalance()));
    shown.put("peak_balance", measure(outcome.peakEquity(), MEASURE_DECIMALS));
    shown.put("max_drawdown", measure(outcome.maxDrawdown(), MEASURE_DECIMALS));
    shown.put("max_drawdown_pct", measure(outcome.maxDrawdownPct(), PERCENT_DECIMALS));
    shown.put("fees", plain(outcome.fees()));
    shown.put("funding", plain(outcome.funding()));
  }

  private void risk(RiskFigures risk) {
    shown.put("sharpe_ratio", risk.sharpeRatio());
    shown.put("sortino_ratio", risk.sortinoRatio());
    shown.put("calmar_ratio", risk.calmarRatio());
  }

  private static Map<String, Long> dropped(BacktestResult result) {
    Map<String, Long> counts = new LinkedHashMap<>();
    result
        .dropped()
        .forEach((reason, count) -> counts.put(reason.name().toLowerCase(Locale.ROOT), count));
    return counts;
  }

  private static TradeRow trade(BacktestTrade trade, boolean isolated) {
    BigDecimal entryNotional = trade.entryPrice().multiply(trade.quantity());
    BigDecimal base = isolated ? trade.margin() : entryNotional;
    return new TradeRow(
        trade.id(),
        trade.side() == SignalSide.BUY ? "LONG" : "SHORT",
        plain(trade.entryPrice()),
        Instant.ofEpochMilli(trade.entryTime()),
        plain(trade.exitPrice()),
        Instant.ofEpochMilli(trade.exitTime()),
        plain(trade.quantity()),
        level(trade.stopLoss()),
        level(trade.takeProfit()),
        trade.exitReason().name(),
        plain(trade.pnl()),
        base.signum() == 0 ? BigDecimal.ZERO : percent(trade.pnl(), base),
        plain(trade.fees()),
        plain(trade.funding()));
  }

  private static BigDecimal percent(BigDecimal part, BigDecimal base) {
    return plain(
        part.multiply(HUNDRED)
            .divide(base, MathContext.DECIMAL128)
            .setScale(PERCENT_DECIMALS, RoundingMode.HALF_EVEN));
  }

  static MarkRow mark(EquityMark mark) {
    return new MarkRow(
        Instant.ofEpochMilli(mark.time()),
        measure(mark.equity(), MEASURE_DECIMALS),
        measure(mark.balance(), MEASURE_DECIMALS));
  }

  private static @Nullable BigDecimal level(OptionalDouble price) {
    return price.isPresent() ? plain(BigDecimal.valueOf(price.getAsDouble())) : null;
  }

  private static BigDecimal measure(double value, int decimals) {
    return plain(BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN));
  }

  private static BigDecimal plain(BigDecimal number) {
    BigDecimal bare = number.stripTrailingZeros();
    return bare.scale() < 0 ? bare.setScale(0) : bare;
  }

  private record TradeRow(
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
      BigDecimal funding) {}

  /** A mark of an equity curve as it is shown. */
  record MarkRow(Instant time, BigDecimal equity, BigDecimal balance) {}
}

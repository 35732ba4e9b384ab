package io.tollgate.edge.admin;

import io.tollgate.trading.engine.analytics.RiskFigures;
import io.tollgate.trading.engine.analytics.TradeTotals;
import io.tollgate.trading.engine.backtest.BacktestOutcome;
import io.tollgate.trading.engine.backtest.BacktestResult;
import io.tollgate.trading.engine.backtest.EquityMark;
import io.tollgate.trading.engine.report.PriceTrace;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result of a backtest under the names that callers know. */
final class BacktestShown {
  private static final int MEASURE_DECIMALS = 8;
  private static final int PERCENT_DECIMALS = 4;

  private final Map<String, @Nullable Object> shown = new LinkedHashMap<>();

  private BacktestShown() {}

  /** All of it. */
  static Map<String, @Nullable Object> of(BacktestBody asked, TradedRun run) {
    BacktestResult result = run.result();
    BacktestShown all = new BacktestShown();
    all.shown.put("strategy_code", asked.kind().code());
    all.shown.put("strategy_config", run.config());
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
    all.shown.put("warnings", run.head().warnings());
    all.shown.put(
        "trades",
        result.trades().stream().map(each -> BacktestTradeRow.of(each, run.isolated())).toList());
    all.shown.put("equity_curve", result.equityCurve().stream().map(MarkRow::of).toList());
    all.shown.put("price_curve", run.prices().stream().map(PriceRow::of).toList());
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
    shown.put("long_pnl", PlainNumber.of(result.longs().pnl()));
    shown.put("short_pnl", PlainNumber.of(result.shorts().pnl()));
    shown.put("total_pnl", PlainNumber.of(totals.pnl()));
    shown.put("total_pnl_pct", totals.pnlPercentOf(result.outcome().initialBalance()));
    shown.put("avg_pnl", totals.averagePnl());
    shown.put("avg_win", totals.averageWin());
    shown.put("avg_loss", totals.averageLoss());
    shown.put("risk_reward_ratio", totals.riskRewardRatio());
    shown.put("profit_factor", totals.profitFactor().orElse(null));
    shown.put("expectancy", totals.averagePnl());
  }

  private void balance(BacktestOutcome outcome) {
    shown.put("initial_balance", PlainNumber.of(outcome.initialBalance()));
    shown.put("final_balance", PlainNumber.of(outcome.finalBalance()));
    shown.put("peak_balance", PlainNumber.of(outcome.peakEquity(), MEASURE_DECIMALS));
    shown.put("max_drawdown", PlainNumber.of(outcome.maxDrawdown(), MEASURE_DECIMALS));
    shown.put("max_drawdown_pct", PlainNumber.of(outcome.maxDrawdownPct(), PERCENT_DECIMALS));
    shown.put("fees", PlainNumber.of(outcome.fees()));
    shown.put("funding", PlainNumber.of(outcome.funding()));
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

  /** A mark of an equity curve as it is shown. */
  record MarkRow(Instant time, BigDecimal equity, BigDecimal balance, BigDecimal drawdownPct) {
    static MarkRow of(EquityMark mark) {
      return new MarkRow(
          Instant.ofEpochMilli(mark.time()),
          PlainNumber.of(mark.equity(), MEASURE_DECIMALS),
          PlainNumber.of(mark.balance(), MEASURE_DECIMALS),
          PlainNumber.of(mark.drawdownPct(), PERCENT_DECIMALS));
    }
  }

  /** Some candles that follow one another, as one. */
  private record PriceRow(Instant time, BigDecimal low, BigDecimal high, BigDecimal close) {
    static PriceRow of(PriceTrace.Point point) {
      return new PriceRow(
          Instant.ofEpochMilli(point.time()),
          PlainNumber.of(point.low()),
          PlainNumber.of(point.high()),
          PlainNumber.of(point.close()));
    }
  }
}

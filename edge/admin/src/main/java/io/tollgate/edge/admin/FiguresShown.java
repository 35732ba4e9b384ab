package io.tollgate.edge.admin;

import io.tollgate.trading.engine.analytics.RiskFigures;
import io.tollgate.trading.engine.analytics.RiskFigures.TailFigures;
import io.tollgate.trading.engine.analytics.TradeFigures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Figures under the names that analytics have for them. */
final class FiguresShown {
  /** Told beside an index, which nobody sends. */
  private static final List<String> BESIDE_AN_INDEX =
      List.of("beta", "alpha", "information_ratio", "tracking_error");

  private final Map<String, @Nullable Object> shown = new LinkedHashMap<>();

  private FiguresShown() {}

  /**
   * Both in one object.
   *
   * @param risk empty: there is no course, and its figures are null
   */
  static Map<String, @Nullable Object> of(Optional<RiskFigures> risk, TradeFigures trades) {
    FiguresShown figures = new FiguresShown();
    figures.risk(risk);
    figures.tail(risk.flatMap(RiskFigures::tail));
    BESIDE_AN_INDEX.forEach(name -> figures.shown.put(name, null));
    figures.trades(trades);
    return figures.shown;
  }

  private void risk(Optional<RiskFigures> risk) {
    put("period_start", risk, RiskFigures::start);
    put("period_end", risk, RiskFigures::end);
    put("net_value", risk, RiskFigures::netValue);
    put("total_return", risk, RiskFigures::totalReturn);
    put("annualized_return", risk, RiskFigures::annualizedReturn);
    put("daily_volatility", risk, RiskFigures::dailyVolatility);
    put("annualized_volatility", risk, RiskFigures::annualizedVolatility);
    put("sharpe_ratio", risk, RiskFigures::sharpeRatio);
    put("sharpe_daily", risk, RiskFigures::sharpeDaily);
    put("sortino_ratio", risk, RiskFigures::sortinoRatio);
    put("sortino_daily", risk, RiskFigures::sortinoDaily);
    put("calmar_ratio", risk, RiskFigures::calmarRatio);
    put("max_drawdown", risk, RiskFigures::maxDrawdown);
    put("max_drawdown_duration", risk, RiskFigures::maxDrawdownDays);
    put("current_drawdown", risk, RiskFigures::currentDrawdown);
  }

  private void tail(Optional<TailFigures> tail) {
    put("var_95", tail, TailFigures::var95);
    put("var_99", tail, TailFigures::var99);
    put("cvar_95", tail, TailFigures::cvar95);
  }

  private void trades(TradeFigures trades) {
    shown.put("total_trades", trades.totalTrades());
    shown.put("winning_trades", trades.winningTrades());
    shown.put("losing_trades", trades.losingTrades());
    shown.put("break_even_trades", trades.breakEvenTrades());
    shown.put("win_rate", trades.winRate());
    shown.put("total_profit", trades.totalProfit());
    shown.put("total_loss", trades.totalLoss());
    shown.put("net_profit", trades.netProfit());
    shown.put("avg_profit", trades.avgProfit());
    shown.put("avg_loss", trades.avgLoss());
    shown.put("max_profit", trades.maxProfit());
    shown.put("max_loss", trades.maxLoss());
    shown.put("profit_loss_ratio", trades.profitLossRatio());
    shown.put("profit_factor", trades.profitFactor().orElse(null));
    shown.put("avg_holding_period", trades.avgHoldingHours());
    shown.put("max_holding_period", trades.maxHoldingHours());
    shown.put("max_consecutive_wins", trades.maxConsecutiveWins());
    shown.put("max_consecutive_losses", trades.maxConsecutiveLosses());
  }

  private <T> void put(String name, Optional<T> from, Function<T, Object> figure) {
    shown.put(name, from.map(figure).orElse(null));
  }
}

package io.tollgate.trading.engine.report;

import io.tollgate.trading.engine.backtest.BacktestTerms;
import io.tollgate.trading.strategies.StrategySettings;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What was set of a run, under the names by which it is asked for, to be shown. */
final class AskedTerms {
  private AskedTerms() {}

  static Map<String, String> of(StrategySettings settings) {
    return shown(settings.values());
  }

  static Map<String, String> of(BacktestTerms terms) {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("initial_balance", terms.initialBalance());
    given.put("amount_usdt", terms.amount());
    given.put("risk_per_trade", terms.riskPerTrade());
    given.put("commission_rate", terms.commissionRate());
    given.put("slippage_pct", terms.slippagePct());
    given.put("lookback", terms.lookback());
    given.put("fill_delay_bars", terms.fillDelayBars());
    if (terms.funding().isEmpty()) {
      given.put("funding_rate", terms.fundingRate());
    } else {
      given.put("funding", terms.funding().size());
    }
    given.put("leverage", terms.leverage());
    given.put("margin_mode", terms.isolated() ? "isolated" : "cross");
    given.put("min_rr", terms.minRiskReward());
    given.put("trailing_stop_pct", terms.trailingStopPct());
    given.put("trailing_activation_pct", terms.trailingActivationPct());
    given.put("max_drawdown_pct", terms.maxDrawdownPct());
    given.put("max_consecutive_losses", terms.maxConsecutiveLosses());
    given.put("step_size", terms.stepSize());
    given.put("on_opposite", terms.onOpposite().name().toLowerCase(Locale.ROOT));
    return shown(given);
  }

  private static Map<String, String> shown(Map<String, Object> given) {
    Map<String, String> shown = new LinkedHashMap<>();
    given.forEach((name, value) -> shown.put(name, shown(value)));
    return shown;
  }

  private static String shown(Object value) {
    return switch (value) {
      case Double number -> ReportFigures.text(BigDecimal.valueOf(number));
      case BigDecimal number -> ReportFigures.text(number);
      default -> String.valueOf(value);
    };
  }
}

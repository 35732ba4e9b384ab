package io.tollgate.trading.engine.report;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.engine.backtest.BacktestTerms;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategySettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a report is of.
 *
 * @param title what was run on what
 * @param parameters of the strategy by name, as they are shown
 * @param terms of trading likewise
 * @param warnings what whoever asked should know
 */
public record ReportHead(
    String title,
    Map<String, String> parameters,
    Map<String, String> terms,
    List<String> warnings) {
  public ReportHead {
    requireNonNull(title, "title is null");
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    terms = Collections.unmodifiableMap(new LinkedHashMap<>(terms));
    warnings = List.copyOf(warnings);
  }

  /** Of a strategy on a symbol, with everything that was set. */
  public static ReportHead of(
      StrategyKind kind,
      String symbol,
      Timeframe timeframe,
      StrategySettings settings,
      BacktestTerms terms) {
    return new ReportHead(
        String.join(" · ", kind.name(), symbol, timeframe.code()),
        AskedTerms.of(settings),
        AskedTerms.of(terms),
        settings.warnings());
  }
}

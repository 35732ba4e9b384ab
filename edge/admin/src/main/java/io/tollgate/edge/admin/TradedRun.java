package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.backtest.BacktestResult;
import io.tollgate.trading.engine.backtest.BacktestTerms;
import io.tollgate.trading.engine.report.PriceTrace;
import io.tollgate.trading.engine.report.ReportHead;
import io.tollgate.trading.strategies.StrategySettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run that is over, with what is shown of it; the candles are not kept.
 *
 * @param code of the strategy
 * @param config what was set of it, as JSON has it
 * @param head what was run, and how
 * @param prices that it ran over
 * @param isolated whether profits are shown as shares of the margin
 */
record TradedRun(
    String code,
    Map<String, Object> config,
    ReportHead head,
    BacktestResult result,
    List<PriceTrace.Point> prices,
    boolean isolated) {
  TradedRun {
    requireNonNull(code, "code is null");
    config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    requireNonNull(head, "head is null");
    requireNonNull(result, "result is null");
    prices = List.copyOf(prices);
  }

  static TradedRun of(
      BacktestBody asked, StrategySettings settings, BacktestTerms terms, BacktestResult result) {
    return new TradedRun(
        asked.kind().code(),
        StrategyValues.of(settings),
        ReportHead.of(asked.kind(), asked.symbol(), asked.timeframe(), settings, terms),
        result,
        PriceTrace.over(asked.candles().feed()),
        terms.isolated());
  }
}

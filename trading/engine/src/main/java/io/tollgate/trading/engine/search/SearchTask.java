package io.tollgate.trading.engine.search;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.engine.backtest.Backtest;
import io.tollgate.trading.engine.backtest.BacktestResult;
import io.tollgate.trading.engine.backtest.BacktestTerms;
import io.tollgate.trading.engine.backtest.RunControl;
import io.tollgate.trading.engine.candles.CandleSeries;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategySettings;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is searched: a strategy with some parameters fixed, on what, over which candles.
 *
 * @param fixed parameters that every run has, as JSON has them
 */
public record SearchTask(
    StrategyKind kind,
    String symbol,
    Timeframe timeframe,
    CandleSeries candles,
    Map<String, Object> fixed,
    BacktestTerms terms,
    Score score,
    Constraints constraints) {
  public SearchTask {
    requireNonNull(kind, "kind is null");
    requireNonNull(symbol, "symbol is null");
    requireNonNull(timeframe, "timeframe is null");
    requireNonNull(candles, "candles is null");
    fixed = Map.copyOf(fixed);
    requireNonNull(terms, "terms is null");
    requireNonNull(score, "score is null");
    requireNonNull(constraints, "constraints is null");
  }

  /**
   * The settings with further parameters.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when they are wrong together
   */
  public StrategySettings settings(Map<String, Object> chosen) {
    Map<String, Object> all = new LinkedHashMap<>(fixed);
    all.putAll(chosen);
    return kind.settings(all);
  }

  /** One run over the candles from one index to before another. */
  public BacktestResult run(
      StrategySettings settings, int from, int to, BacktestTerms on, RunControl control) {
    return Backtest.result(
        kind.start(symbol, timeframe, settings),
        timeframe,
        control.watch(candles.feed(from, to)),
        on);
  }
}

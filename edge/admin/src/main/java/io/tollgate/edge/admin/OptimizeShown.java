package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.backtest.BacktestResult;
import io.tollgate.trading.engine.backtest.RunControl;
import io.tollgate.trading.engine.search.Found;
import io.tollgate.trading.engine.search.GeneticSearch;
import io.tollgate.trading.engine.search.Ranking;
import io.tollgate.trading.engine.search.Search;
import io.tollgate.trading.engine.search.SearchTask;
import io.tollgate.trading.engine.search.Searcher;
import io.tollgate.trading.engine.search.WalkForward;
import io.tollgate.trading.engine.search.WalkForward.Fold;
import io.tollgate.trading.strategies.StrategySettings;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Searches as a body asks, and shows what was found. */
final class OptimizeShown {
  private static final int SHOWN = 10;
  private static final int RANKED = 2_000;
  private static final long MILLION = 1_000_000;

  private final Search search;
  private final LongSupplier nanos;

  /**
   * @param nanos time that passes, in nanoseconds
   */
  OptimizeShown(Search search, LongSupplier nanos) {
    this.search = requireNonNull(search, "search is null");
    this.nanos = requireNonNull(nanos, "nanos is null");
  }

  BacktestAnswer of(BacktestBody asked, OptimizeBody body, RunControl control) {
    SearchTask task = body.task();
    Searcher grid = (from, to, on) -> search.ranked(task, body.grid(), from, to, on);
    long began = nanos.getAsLong();
    Ranking ranking = grid.ranked(0, task.candles().size(), control);
    BacktestAnswer found = found(asked, task, ranking, body.grid().size(), control);
    body.walk().ifPresent(walk -> walked(walk.over(task, grid, control), task, found.shown()));
    return timed(found, began);
  }

  BacktestAnswer of(BacktestBody asked, GeneticBody body, RunControl control) {
    SearchTask task = body.task();
    long began = nanos.getAsLong();
    GeneticSearch genetic = body.search();
    Ranking ranking = genetic.ranked(search, 0, task.candles().size(), control);
    BacktestAnswer found = found(asked, task, ranking, genetic.tried(), control);
    Searcher anew = (from, to, on) -> body.search().ranked(search, from, to, on);
    body.walk().ifPresent(walk -> walked(walk.over(task, anew, control), task, found.shown()));
    return timed(found, began);
  }

  private BacktestAnswer timed(BacktestAnswer found, long began) {
    found
        .shown()
        .put("elapsed_seconds", BigDecimal.valueOf((nanos.getAsLong() - began) / MILLION, 3));
    return found;
  }

  private static BacktestAnswer found(
      BacktestBody asked, SearchTask task, Ranking ranking, int combinations, RunControl control) {
    Optional<Found> best = ranking.found().stream().findFirst();
    Optional<TradedRun> run = best.map(one -> again(asked, task, one, control));
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("best_params", best.map(Found::params).orElse(null));
    shown.put("best_score", best.map(Found::score).orElse(null));
    shown.put("best_result", run.map(one -> BacktestShown.of(asked, one)).orElse(null));
    shown.put("total_combinations", combinations);
    shown.put("top_10", ranking.found().stream().limit(SHOWN).map(FoundRow::of).toList());
    shown.put("ranking", ranking.found().stream().limit(RANKED).map(FoundRow::of).toList());
    shown.put("refused", ranking.refused().size());
    shown.put("refusals", ranking.refused().stream().limit(SHOWN).map(RefusedRow::of).toList());
    return new BacktestAnswer(shown, run);
  }

  private static TradedRun again(
      BacktestBody asked, SearchTask task, Found found, RunControl control) {
    StrategySettings settings = task.settings(found.params());
    BacktestResult result = task.run(settings, 0, task.candles().size(), task.terms(), control);
    return TradedRun.of(asked, settings, task.terms(), result);
  }

  private static void walked(
      WalkForward.Walk walk, SearchTask task, Map<String, @Nullable Object> shown) {
    shown.put("folds", walk.folds().stream().map(fold -> FoldRow.of(fold, task)).toList());
    shown.put("equity_curve", walk.equityCurve().stream().map(BacktestShown.MarkRow::of).toList());
  }

  /** A combination that was not run, and what the strategy says against it. */
  private record RefusedRow(Map<String, Object> params, String error) {
    static RefusedRow of(Ranking.Refused refused) {
      return new RefusedRow(refused.params(), refused.refusal().sentence());
    }
  }

  private record FoundRow(
      Map<String, Object> params,
      BigDecimal score,
      BigDecimal totalPnl,
      long totalTrades,
      BigDecimal winRate,
      BigDecimal maxDrawdownPct) {
    static FoundRow of(Found found) {
      return new FoundRow(
          found.params(),
          found.score(),
          found.totalPnl(),
          found.totalTrades(),
          found.winRate(),
          BigDecimal.valueOf(found.maxDrawdownPct()).setScale(4, RoundingMode.HALF_EVEN));
    }
  }

  /** Which bars, by index, the last included, and when they opened. */
  private record Span(int fromIndex, int toIndex, Instant from, Instant to) {
    static Span of(int from, int end, SearchTask task) {
      return new Span(
          from,
          end - 1,
          Instant.ofEpochMilli(task.candles().openTime(from)),
          Instant.ofEpochMilli(task.candles().openTime(end - 1)));
    }
  }

  private record FoldRow(
      Span train, Span test, Map<String, Object> params, BigDecimal inScore, BigDecimal outScore) {
    static FoldRow of(Fold fold, SearchTask task) {
      return new FoldRow(
          Span.of(fold.trainFrom(), fold.trainTo(), task),
          Span.of(fold.testFrom(), fold.testTo(), task),
          fold.best().params(),
          fold.best().score(),
          fold.outScore());
    }
  }
}

package io.tollgate.trading.engine.search;

import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.backtest.BacktestResult;
import io.tollgate.trading.engine.backtest.RunControl;
import io.tollgate.trading.engine.search.Ranking.Refused;
import io.tollgate.trading.strategies.StrategySettings;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Tries every combination, several at one time on threads that come after everything else. The
 * order of what is found does not depend on how many. Safe for use by many threads.
 */
public final class Search implements AutoCloseable {
  static final Comparator<Found> BEST_FIRST =
      Comparator.comparing(Found::score).reversed().thenComparing(Found::number);

  private final ExecutorService threads;

  /**
   * @param threads runs at one time
   */
  public Search(int threads) {
    this.threads =
        Executors.newFixedThreadPool(
            threads,
            Thread.ofPlatform()
                .name("backtest-search-", 0)
                .daemon()
                .priority(Thread.MIN_PRIORITY)
                .factory());
  }

  /**
   * What each combination comes to over a part of the candles, the best first. Those that break a
   * constraint are left out.
   *
   * @param from index of the first candle
   * @param to index after the last
   * @throws Refusal {@code INVALID_REQUEST} when the strategy refuses all of them
   */
  public Ranking ranked(SearchTask task, ParameterGrid grid, int from, int to, RunControl control) {
    List<Map<String, Object>> all =
        IntStream.range(0, grid.size()).mapToObj(grid::combination).toList();
    Attempts attempts = tried(task, all, from, to, control);
    if (attempts.refused().size() == all.size()) {
      throw attempts.refused().getFirst().refusal();
    }
    return new Ranking(
        attempts.found().stream().flatMap(Optional::stream).sorted(BEST_FIRST).toList(),
        attempts.refused());
  }

  /** What becomes of some combinations; numbers are their places. */
  Attempts tried(
      SearchTask task, List<Map<String, Object>> all, int from, int to, RunControl control) {
    List<Callable<Optional<Found>>> runs = new ArrayList<>();
    List<Refused> refused = new ArrayList<>();
    for (int number = 0; number < all.size(); number++) {
      Map<String, Object> params = all.get(number);
      int here = number;
      try {
        StrategySettings settings = task.settings(params);
        runs.add(
            () -> found(task, here, params, task.run(settings, from, to, task.terms(), control)));
      } catch (Refusal e) {
        refused.add(new Refused(params, e));
        control.add((long) to - from);
        runs.add(Optional::empty);
      }
    }
    return new Attempts(all(runs), refused);
  }

  private static Optional<Found> found(
      SearchTask task, int number, Map<String, Object> params, BacktestResult result) {
    return task.constraints().hold(result)
        ? Optional.of(
            new Found(
                number,
                params,
                task.score().of(result),
                result.all().pnl(),
                result.all().trades(),
                result.all().winRate(),
                result.outcome().maxDrawdownPct()))
        : Optional.empty();
  }

  private <T> List<T> all(List<Callable<T>> runs) {
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> each : threads.invokeAll(runs)) {
        results.add(each.get());
      }
      return results;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the search was interrupted");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException fault -> throw fault;
        case Error fault -> throw fault;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void close() {
    List<Runnable> unused = threads.shutdownNow();
  }
}

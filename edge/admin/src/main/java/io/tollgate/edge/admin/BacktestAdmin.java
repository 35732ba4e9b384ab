package io.tollgate.edge.admin;

import io.tollgate.trading.engine.backtest.BacktestJobs;
import io.tollgate.trading.engine.candles.CandleStore;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import java.util.List;

/**
 * What administrators ask of backtests: what can be tested and over which candles, runs and
 * searches, and their jobs.
 */
final class BacktestAdmin implements Routes {
  private final List<Routes> areas;

  BacktestAdmin(
      BacktestJobs<BacktestAnswer> jobs,
      OptimizeShown optimized,
      CandleSources candles,
      CandleStore store,
      AdminGate gate) {
    this.areas =
        List.of(
            new StrategyCatalogueRoutes(gate),
            new StoredCandleRoutes(store, gate),
            new BacktestRoutes(jobs, optimized, candles, gate),
            new BacktestJobRoutes(jobs, gate));
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    areas.forEach(area -> area.declare(table, loop, vertx));
  }
}

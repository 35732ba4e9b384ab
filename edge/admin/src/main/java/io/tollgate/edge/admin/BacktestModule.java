package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.DataModule;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.AdminLogModule;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.PassportModule;
import io.tollgate.trading.engine.MarketsModule;
import io.tollgate.trading.engine.backtest.BacktestJobs;
import io.tollgate.trading.engine.candles.CandleStore;
import io.tollgate.trading.engine.search.Search;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.HttpInterface;
import io.tollgate.web.InterfaceRoutes;
import io.tollgate.web.Routes;
import java.util.List;
import java.util.UUID;

/** Opens backtests for the program: for administrators, with a port of their own as a role. */
public final class BacktestModule implements ProgramModule {
  private static final Setting<Integer> PORT =
      Setting.port("backtest.port", 8_030, "Port of backtests as a role of their own.");
  private static final Setting<Integer> THREADS =
      Setting.number(
          "backtest.threads",
          0,
          0,
          256,
          "Backtests, and runs of searches, at one time; 0: half as many as processors");
  private static final Setting<Integer> WAITING =
      Setting.number("backtest.waiting", 8, 1, 1_000, "Backtests that wait for their turn");
  private static final Setting<Integer> KEPT =
      Setting.number("backtest.kept", 20, 1, 1_000, "Results of asynchronous backtests to keep");
  private static final HttpInterface BACKTEST =
      HttpInterface.open("backtest").withOwnPort(PORT).saying("ok").refusing(ErrorForms.admin());

  public static final ModuleEntry<BacktestModule> ENTRY =
      ModuleEntry.of(BacktestModule.class, BacktestModule::open)
          .inRole("backtest")
          .with(List.of(PORT, THREADS, WAITING, KEPT))
          .stating(HttpInterface.class, List.of(BACKTEST));

  private final BacktestJobs<BacktestAnswer> jobs;
  private final Search search;
  private final Routes routes;

  private BacktestModule(BacktestJobs<BacktestAnswer> jobs, Search search, Routes routes) {
    this.jobs = requireNonNull(jobs, "jobs is null");
    this.search = requireNonNull(search, "search is null");
    this.routes = requireNonNull(routes, "routes is null");
  }

  private static BacktestModule open(ModuleSite site) {
    int set = site.settings().get(THREADS);
    int threads = set > 0 ? set : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    Search search = new Search(threads);
    BacktestJobs<BacktestAnswer> jobs =
        new BacktestJobs<>(
            threads,
            site.settings().get(WAITING),
            site.settings().get(KEPT),
            () -> UUID.randomUUID().toString());
    DataModule data = site.module(DataModule.class);
    CandleStore store =
        CandleStore.over(data.database().transactions(), data.clock(), UUID::randomUUID);
    CandleSources candles =
        new CandleSources(store, site.module(MarketsModule.class).markets(), data.clock());
    AdminGate gate =
        AdminGate.of(site.module(IdentityModule.class), site.module(PassportModule.class));
    return new BacktestModule(
        jobs,
        search,
        new NotedRoutes(
            new BacktestAdmin(
                jobs, new OptimizeShown(search, System::nanoTime), candles, store, gate),
            site.module(AdminLogModule.class).changes()));
  }

  @Override
  public Offers offers() {
    return Offers.of(InterfaceRoutes.class, new InterfaceRoutes(BACKTEST, routes));
  }

  @Override
  public void close() {
    jobs.close();
    search.close();
  }
}

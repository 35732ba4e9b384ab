package io.tollgate.edge.admin;

import com.github.benmanes.caffeine.cache.Ticker;
import io.tollgate.data.DataModule;
import io.tollgate.data.Transactions;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.trading.engine.EngineModule;
import io.tollgate.trading.engine.MarketsModule;
import io.tollgate.trading.engine.SignalCheck;
import io.tollgate.trading.engine.SignalMonitorModule;
import io.tollgate.trading.engine.SignalNotices;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;

/** The signal monitor, for administrators, in whichever process it runs. */
final class MonitorAdmin implements Routes {
  private final List<Routes> areas;

  /**
   * @param under where its paths are: {@code /api/signal-monitor} beside the rest, {@code /api} on
   *     a port of its own
   */
  MonitorAdmin(ModuleSite site, String under, AdminGate gate) {
    DataModule data = site.module(DataModule.class);
    EngineModule engine = site.module(EngineModule.class);
    Transactions transactions = data.transactions();
    InstantSource clock = data.clock();
    SignalNotices notices = new SignalNotices(transactions, data.notifications());
    SignalCheck check =
        new SignalCheck(site.module(MarketsModule.class), SignalMonitorModule.usualExchange(site));
    MonitorReads reads =
        new MonitorReads(
            transactions,
            engine.monitor(),
            engine.strategies(),
            EngineModule.levelsEvery(site),
            clock);
    this.areas =
        List.of(
            new MonitorRoutes(under, transactions, engine.monitor(), reads, gate),
            new MonitorTradeRoutes(
                under, transactions, engine.records(), EngineModule.manual(site), gate),
            new MonitorCheckRoutes(under, check, notices, gate),
            new RealtimePriceRoutes(under, check, gate, System::nanoTime),
            new MonitorStream(under, reads, notices, gate, clock, Ticker.systemTicker()));
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    areas.forEach(area -> area.declare(table, loop, vertx));
  }
}

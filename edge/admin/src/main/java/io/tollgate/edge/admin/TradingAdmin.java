package io.tollgate.edge.admin;

import io.tollgate.data.Transactions;
import io.tollgate.identity.IdentityModule;
import io.tollgate.rewards.PointCards;
import io.tollgate.trading.engine.EngineModule;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;

/**
 * What administrators see and do of strategies, exchange accounts, nodes, who follows what, and
 * figures.
 */
final class TradingAdmin implements Routes {
  private final List<Routes> areas;

  TradingAdmin(
      Transactions transactions,
      IdentityModule identity,
      PointCards cards,
      EngineModule engine,
      InstantSource clock,
      AdminGate gate) {
    this.areas =
        List.of(
            new StrategyRoutes(transactions, engine.strategies(), gate),
            new TenantStrategyRoutes(transactions, identity.tenants(), engine.strategies(), gate),
            new BindingRoutes(transactions, identity, cards, engine, gate),
            new BindingOptionRoutes(transactions, identity, engine, gate),
            new BindingBatchRoutes(transactions, identity, engine, gate),
            new ExchangeAccountRoutes(transactions, identity, engine, gate),
            new AssignmentRoutes(transactions, engine.nodes(), gate),
            new NodeRoutes(transactions, engine.nodes(), clock, gate),
            new TradeRecordRoutes(transactions, engine.records(), gate),
            new SignalEventRoutes(transactions, engine.signals(), gate),
            new RiskRoutes(transactions, identity.tenants(), engine.risk(), clock, gate),
            new AnalyticsRoutes(gate));
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    areas.forEach(area -> area.declare(table, loop, vertx));
  }
}

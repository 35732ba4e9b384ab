package io.tollgate.edge.admin;

import com.github.benmanes.caffeine.cache.Ticker;
import io.tollgate.data.DataModule;
import io.tollgate.data.Transactions;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.identity.IdentityModule;
import io.tollgate.rewards.RewardsModule;
import io.tollgate.trading.engine.EngineModule;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import java.util.List;

/** What administrators see and do of point cards, teams, pools, rewards and withdrawals. */
final class MemberAdmin implements Routes {
  private final List<Routes> areas;

  private MemberAdmin(List<Routes> areas) {
    this.areas = List.copyOf(areas);
  }

  static MemberAdmin of(ModuleSite site, AdminGate gate) {
    Transactions transactions = site.module(DataModule.class).transactions();
    IdentityModule identity = site.module(IdentityModule.class);
    RewardsModule rewards = site.module(RewardsModule.class);
    return new MemberAdmin(
        List.of(
            new PointCardRoutes(transactions, identity, rewards.cards(), rewards.pointLogs(), gate),
            new MemberRoutes(
                transactions,
                identity,
                rewards.members(),
                rewards.cards(),
                rewards.rewards(),
                gate),
            new RewardRoutes(transactions, identity, rewards.rewards(), gate),
            new PoolRoutes(transactions, identity, rewards.pools(), gate),
            new WithdrawalRoutes(
                transactions, identity, rewards.withdrawals(), rewards.rewards(), gate),
            new RewardTermsRoutes(transactions, identity.tenants(), rewards.terms(), gate),
            new QuotaPlanRoutes(transactions, identity.quotaPlans(), identity.tenants(), gate),
            new BatchRoutes(transactions, identity, rewards.cards(), gate),
            new RootUserRoutes(transactions, identity, gate),
            new UserAnalyticsRoutes(
                transactions,
                identity,
                rewards.figures(),
                site.module(EngineModule.class).bindings(),
                gate,
                site.module(DataModule.class).clock(),
                Ticker.systemTicker())));
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    areas.forEach(area -> area.declare(table, loop, vertx));
  }
}

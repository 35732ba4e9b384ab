package io.tollgate.edge.admin;

import io.tollgate.billing.CodesModule;
import io.tollgate.billing.SubscriptionsModule;
import io.tollgate.data.Transactions;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import java.util.List;

/** What is sold and given away: plans, subscriptions, codes and credit for invitations. */
final class SellingRoutes implements Routes {
  private final List<Routes> areas;

  SellingRoutes(
      Transactions transactions, SubscriptionsModule selling, CodesModule codes, AdminGate gate) {
    this.areas =
        List.of(
            new PlanRoutes(transactions, selling.plans(), gate),
            new SubscriptionRoutes(transactions, selling.subscriptions(), gate),
            new CodeRoutes(transactions, codes.codes(), codes.invitations(), gate));
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    areas.forEach(area -> area.declare(table, loop, vertx));
  }
}

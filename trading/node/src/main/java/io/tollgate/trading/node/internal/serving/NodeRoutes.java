package io.tollgate.trading.node.internal.serving;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.node.internal.order.HeldPositions;
import io.tollgate.trading.node.internal.order.OrderDesk;
import io.tollgate.trading.node.internal.order.Prices;
import io.tollgate.trading.node.internal.order.Sites;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;

/** The calls of the centre. */
public final class NodeRoutes implements Routes {
  private static final long BODY_BYTES = 1L << 20;

  private final NodeAccess access;
  private final OrderCalls orders;
  private final SyncCalls sync;
  private final ConditionalCalls conditionals;

  public NodeRoutes(
      NodeAccess access, TaskThreads threads, OrderDesk desk, Sites sites, Prices prices) {
    this.access = requireNonNull(access, "access is null");
    GivenTasks tasks = new GivenTasks(threads);
    this.orders = new OrderCalls(tasks, desk, new HeldPositions(sites));
    this.sync = new SyncCalls(tasks, sites, prices);
    this.conditionals = new ConditionalCalls(tasks, sites);
  }

  /** Works on a body that its caller was let in with. */
  private interface Call {
    Response of(byte[] body) throws Exception;
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    declare(table, "/api/execute", orders::execute);
    declare(table, "/api/close-position", orders::close);
    declare(table, "/api/cancel-conditionals", conditionals::cancel);
    declare(table, "/api/sync-balance", sync::balances);
    declare(table, "/api/sync-positions", sync::positions);
    declare(table, "/api/sync-trades", sync::trades);
  }

  private void declare(RouteTable table, String path, Call call) {
    ErrorForm errors = ErrorForms.admin();
    table.confidential(
        HttpMethod.POST,
        path,
        errors,
        BODY_BYTES,
        request -> {
          access.require(request);
          return call.of(request.body());
        });
  }
}

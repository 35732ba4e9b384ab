package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.AdminRole;
import io.tollgate.web.BlockingRoute;
import io.tollgate.web.Request;
import io.tollgate.web.Response;

/** A route that says who may call it. */
final class GuardedRoute implements BlockingRoute {
  private final AdminGate gate;
  private final AdminPermission permission;
  private final BlockingRoute route;
  private final boolean asks;

  /**
   * @param asks whether it changes nothing, whatever its method
   */
  GuardedRoute(AdminGate gate, AdminPermission permission, BlockingRoute route, boolean asks) {
    this.gate = requireNonNull(gate, "gate is null");
    this.permission = requireNonNull(permission, "permission is null");
    this.route = requireNonNull(route, "route is null");
    this.asks = asks;
  }

  boolean asks() {
    return asks;
  }

  @Override
  public Response handle(Request request) throws Exception {
    if (gate.lets(request)) {
      return route.handle(request);
    }
    AdminRole role = gate.require(request).role();
    if (!permission.isOf(role)) {
      throw new Refusal(
          ErrorCode.FORBIDDEN,
          "role: " + AdminGate.named(role) + " (expected: " + permission.holders() + ")");
    }
    return route.handle(request);
  }
}

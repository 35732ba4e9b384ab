package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.AdminAct;
import io.tollgate.identity.AdminChanges;
import io.tollgate.identity.Principal;
import io.tollgate.web.BlockingRoute;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.tollgate.web.StreamRoute;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Routes of the administrators' interface, of which each call that may change something goes into
 * the administrators' log: a route cannot be declared without it.
 */
final class NotedRoutes implements Routes {
  private static final ScopedValue<AdminAct> ACT = ScopedValue.newInstance();
  private static final String SIGN_IN = "/api/auth/";
  private static final Set<ErrorCode> SIGN_IN_FAILURES =
      Set.of(
          ErrorCode.INVALID_CREDENTIALS,
          ErrorCode.TOTP_REQUIRED,
          ErrorCode.INVALID_CODE,
          ErrorCode.LINK_INVALID,
          ErrorCode.ACCOUNT_LOCKED);

  private final Routes routes;
  private final AdminChanges changes;

  NotedRoutes(Routes routes, AdminChanges changes) {
    this.routes = requireNonNull(routes, "routes is null");
    this.changes = requireNonNull(changes, "changes is null");
  }

  /** It is this administrator who calls, if the call goes into the log. */
  static void by(Principal.OfAdmin admin) {
    if (ACT.isBound()) {
      ACT.get().by(admin);
    }
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    routes.declare(new Noting(table), loop, vertx);
  }

  private Response answer(Request request, BlockingRoute route) throws Exception {
    AdminAct act = act(request);
    try {
      return ScopedValue.where(ACT, act)
          .call(() -> changes.noting(act, () -> route.handle(request)));
    } catch (Refusal e) {
      if (isOfInterest(request, e.code())) {
        changes.refused(act, name(request), e.code());
      }
      throw e;
    }
  }

  private static AdminAct act(Request request) {
    String pattern = request.context().route();
    return new AdminAct(
        request.method() + " " + pattern,
        request.path(),
        request.context().pathParams(),
        request.context().requestId().value(),
        AdminGate.origin(request));
  }

  /** Sign-ins that failed, and what somebody may not do. */
  private static boolean isOfInterest(Request request, ErrorCode code) {
    return code == ErrorCode.FORBIDDEN
        || (request.context().route().startsWith(SIGN_IN) && SIGN_IN_FAILURES.contains(code));
  }

  private static Optional<String> name(Request request) {
    if (request.body().length == 0) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(request.json().get("username"))
          .filter(JsonNode::isString)
          .map(JsonNode::stringValue);
    } catch (Refusal e) {
      return Optional.empty();
    }
  }

  /** A table whose routes are wrapped as they are declared. */
  private final class Noting implements RouteTable {
    private final RouteTable table;

    Noting(RouteTable table) {
      this.table = requireNonNull(table, "table is null");
    }

    @Override
    public void blocking(
        HttpMethod method, String pattern, ErrorForm errors, long bodyLimit, BlockingRoute route) {
      if (!(route instanceof GuardedRoute) && !pattern.startsWith(SIGN_IN)) {
        throw new IllegalArgumentException(
            method + " " + pattern + " says not who may call it (expected: a guarded route)");
      }
      boolean reads =
          method.equals(HttpMethod.GET)
              || (route instanceof GuardedRoute guarded && guarded.asks());
      table.blocking(
          method, pattern, errors, bodyLimit, reads ? route : request -> answer(request, route));
    }

    @Override
    public void confidential(
        HttpMethod method, String pattern, ErrorForm errors, long bodyLimit, BlockingRoute route) {
      throw new IllegalArgumentException(
          method + " " + pattern + " is confidential (expected: a route that is logged)");
    }

    @Override
    public void stream(HttpMethod method, String pattern, ErrorForm errors, StreamRoute route) {
      if (!method.equals(HttpMethod.GET)) {
        throw new IllegalArgumentException(
            method + " " + pattern + " is a stream (expected: GET, as changes are logged)");
      }
      table.stream(method, pattern, errors, route);
    }

    @Override
    public void fallback(String pathPrefix, ErrorForm errors) {
      table.fallback(pathPrefix, errors);
    }

    @Override
    public void openToBrowsers(String pathPrefix) {
      table.openToBrowsers(pathPrefix);
    }

    @Override
    public void webSockets(String subprotocol, int frameBytes) {
      table.webSockets(subprotocol, frameBytes);
    }
  }
}

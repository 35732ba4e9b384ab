package io.tollgate.edge.sync;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.UserStanding;
import io.tollgate.data.Transactions;
import io.tollgate.identity.Principal;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.tollgate.web.SessionCookie;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A user's numbers, for the user and for the tenant's backend, in three ways: {@code GET
 * /api/v1/billing/sync/{user_id}} once, its {@code /stream} as server-sent events, and {@code
 * /ws/sync} as a WebSocket.
 */
final class SyncRoutes implements Routes {
  private static final String PREFIX = "/api/v1/billing/sync";
  private static final String SUBPROTOCOL = "tollgate.sync";

  private final Transactions transactions;
  private final SyncHub hub;
  private final InstantSource clock;
  private final SessionCookie cookie;
  private final PresentedToken tokens;

  /**
   * @param cookie in which browsers keep sessions of users
   */
  SyncRoutes(Transactions transactions, SyncHub hub, InstantSource clock, SessionCookie cookie) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.hub = requireNonNull(hub, "hub is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.cookie = requireNonNull(cookie, "cookie is null");
    this.tokens = new PresentedToken(cookie);
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    SyncLoop connections = hub.loop(vertx);
    table.fallback(PREFIX, ErrorForms.standard());
    table.openToBrowsers(PREFIX);
    table.blocking(HttpMethod.GET, PREFIX + "/{user_id}", ErrorForms.standard(), this::snapshot);
    table.blocking(
        HttpMethod.GET, PREFIX + "/{user_id}/devices", ErrorForms.standard(), this::devices);
    table.stream(
        HttpMethod.GET,
        PREFIX + "/{user_id}/stream",
        ErrorForms.standard(),
        new EventStreamRoute(hub, connections, tokens, clock));
    table.webSockets(SUBPROTOCOL, hub.config().messageBytes());
    SyncSocketRoute sockets = new SyncSocketRoute(hub, connections, tokens, clock);
    for (String path : List.of("/ws", "/ws/sync")) {
      table.fallback(path, ErrorForms.standard());
      table.stream(HttpMethod.GET, path, ErrorForms.standard(), sockets);
    }
  }

  private Principal caller(Request request) {
    Optional<Presented> given = request.bearerToken().map(token -> new Presented(token, false));
    return hub.access()
        .caller(given.or(() -> cookie.token(request).map(token -> new Presented(token, true))));
  }

  private Response snapshot(Request request) {
    Principal caller = caller(request);
    String externalId = request.pathParam("user_id");
    Instant now = clock.instant();
    UserStanding standing =
        transactions.write(
            transaction ->
                hub.reads()
                    .standing(
                        transaction,
                        hub.access().user(transaction, caller, Optional.of(externalId)),
                        now));
    EntityTag tag = new EntityTag(standing.version());
    Response response =
        request.header("If-None-Match").filter(tag::isIn).isPresent()
            ? Response.empty(304)
            : Response.json(200, BalanceSnapshot.of(externalId, standing, now));
    return response.withHeader("ETag", tag.toString()).withHeader("Cache-Control", "no-cache");
  }

  private Response devices(Request request) {
    SyncUser user = hub.access().user(caller(request), Optional.of(request.pathParam("user_id")));
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("user_id", user.externalId());
    answer.put("devices", hub.devices().of(user.user()));
    return Response.json(200, answer);
  }
}

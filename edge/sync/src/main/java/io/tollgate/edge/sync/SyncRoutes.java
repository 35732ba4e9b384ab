package io.tollgate.edge.sync;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.UserStanding;
import io.tollgate.billing.UserStandings;
import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.BearerTokens;
import io.tollgate.identity.Principal;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.Users;
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

/**
 * {@code GET /api/v1/billing/sync/{user_id}}: a user's numbers, for the user and for the tenant's
 * backend. A backend that asks for a user it has not made yet makes them. Administrators have lists
 * of their own and are refused here.
 */
public final class SyncRoutes implements Routes {
  private static final String PREFIX = "/api/v1/billing/sync";

  private final Transactions transactions;
  private final BearerTokens bearers;
  private final Tenants tenants;
  private final Users users;
  private final UserStandings standings;
  private final InstantSource clock;
  private final SessionCookie cookie;

  /**
   * @param cookie in which browsers keep sessions of users
   */
  public SyncRoutes(
      Transactions transactions,
      BearerTokens bearers,
      Tenants tenants,
      Users users,
      UserStandings standings,
      InstantSource clock,
      SessionCookie cookie) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.bearers = requireNonNull(bearers, "bearers is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.users = requireNonNull(users, "users is null");
    this.standings = requireNonNull(standings, "standings is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.cookie = requireNonNull(cookie, "cookie is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.fallback(PREFIX, ErrorForms.standard());
    table.openToBrowsers(PREFIX);
    table.blocking(HttpMethod.GET, PREFIX + "/{user_id}", ErrorForms.standard(), this::snapshot);
  }

  private Response snapshot(Request request) {
    String externalId = request.pathParam("user_id");
    Principal caller =
        request
            .bearerToken()
            .or(() -> cookie.token(request))
            .flatMap(bearers::identify)
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.UNAUTHENTICATED,
                        "token missing or not known (expected: Authorization: Bearer with the"
                            + " user's API key or session, or a service token)"));
    Instant now = clock.instant();
    UserStanding standing =
        transactions.write(
            transaction ->
                switch (caller) {
                  case Principal.OfUser user -> ofUser(transaction, user, externalId, now);
                  case Principal.OfService service ->
                      ofService(transaction, service.tenant(), externalId, now);
                  case Principal.OfAdmin admin ->
                      throw new Refusal(
                          ErrorCode.FORBIDDEN,
                          "administrator "
                              + admin.username()
                              + " may not read this (expected: the user's own token or a service"
                              + " token)");
                });
    EntityTag tag = new EntityTag(standing.version());
    Response response =
        request.header("If-None-Match").filter(tag::isIn).isPresent()
            ? Response.empty(304)
            : Response.json(200, BalanceSnapshot.of(externalId, standing, now));
    return response.withHeader("ETag", tag.toString()).withHeader("Cache-Control", "no-cache");
  }

  private UserStanding ofUser(
      Transaction transaction, Principal.OfUser caller, String externalId, Instant now) {
    if (!caller.externalId().equals(externalId)) {
      throw new Refusal(
          ErrorCode.FORBIDDEN,
          "the token is another user's (expected: that of " + externalId + ")");
    }
    return standing(transaction, caller.tenant(), caller.user(), now);
  }

  private UserStanding ofService(
      Transaction transaction, TenantId tenant, String externalId, Instant now) {
    UserId user = users.findOrCreate(transaction, tenant, externalId).id();
    return standing(transaction, tenant, user, now);
  }

  private UserStanding standing(
      Transaction transaction, TenantId tenant, UserId user, Instant now) {
    Tenant found =
        tenants
            .find(transaction, tenant)
            .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "tenant " + tenant + " is gone"));
    return standings.of(transaction, tenant, user, found.currency(), now);
  }
}

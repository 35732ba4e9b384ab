package io.tollgate.edge.admin;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.identity.UserProfiles;
import io.tollgate.identity.UserProfiles.UserProfile;
import io.tollgate.ledger.LedgerQueries;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.Filters;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** {@code /api/users/{id}/balance-explained}: how what a user has came to be. */
final class BalanceRoutes implements Routes {
  private final Transactions transactions;
  private final UserProfiles profiles;
  private final LedgerQueries ledger;
  private final InstantSource clock;
  private final AdminGate gate;

  /**
   * @param transactions before which all that was used is booked
   */
  BalanceRoutes(
      Transactions transactions,
      UserProfiles profiles,
      LedgerQueries ledger,
      InstantSource clock,
      AdminGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.profiles = requireNonNull(profiles, "profiles is null");
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(
        HttpMethod.GET,
        "/api/users/{id}/balance-explained",
        ErrorForms.admin(),
        gate.guard(this::explain));
  }

  private Response explain(Request request) {
    Optional<Instant> since = new Filters(request).time("since");
    Optional<UserId> id = PathId.of(request, "id", UserId::new);
    return AnswerEnvelope.of(
        transactions.snapshot(
            transaction -> {
              UserProfile user =
                  id.flatMap(each -> profiles.find(transaction, each))
                      .orElseThrow(
                          () ->
                              new Refusal(
                                  ErrorCode.USER_NOT_FOUND,
                                  "there is no user " + GivenText.shown(request.pathParam("id"))));
              return BalanceExplained.read(
                  transaction, ledger, user.user(), since, clock.instant());
            }));
  }
}

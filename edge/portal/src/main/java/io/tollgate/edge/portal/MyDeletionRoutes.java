package io.tollgate.edge.portal;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.UserAlerts;
import io.tollgate.billing.UserAlerts.Wanted;
import io.tollgate.data.Transactions;
import io.tollgate.edge.portal.DeletionObstacles.Obstacle;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.identity.AccountDeletion;
import io.tollgate.identity.Passports;
import io.tollgate.identity.Principal;
import io.tollgate.identity.UserProfiles;
import io.tollgate.identity.UserSessions.InSession;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.Ledger;
import io.tollgate.trading.engine.ExchangeAccounts;
import io.tollgate.web.ErrorForm;
import io.tollgate.web.ErrorForms;
import io.tollgate.web.JsonFields;
import io.tollgate.web.Request;
import io.tollgate.web.Response;
import io.tollgate.web.RouteTable;
import io.tollgate.web.Routes;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * {@code /api/v1/me/deletion}: whether the user's account can be deleted, and deleting it. Refused
 * while there is money of theirs, or they owe some.
 */
final class MyDeletionRoutes implements Routes {
  private static final String PATH = "/api/v1/me/deletion";

  private final Transactions transactions;
  private final Ledger ledger;
  private final DeletionObstacles obstacles;
  private final UserProfiles profiles;
  private final UserAlerts alerts;
  private final Passports passports;
  private final AccountDeletion deletion;
  private final ExchangeAccounts exchangeAccounts;
  private final InstantSource clock;
  private final PortalGate gate;

  MyDeletionRoutes(
      Transactions transactions,
      Ledger ledger,
      DeletionObstacles obstacles,
      UserProfiles profiles,
      UserAlerts alerts,
      Passports passports,
      AccountDeletion deletion,
      ExchangeAccounts exchangeAccounts,
      InstantSource clock,
      PortalGate gate) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.ledger = requireNonNull(ledger, "ledger is null");
    this.obstacles = requireNonNull(obstacles, "obstacles is null");
    this.profiles = requireNonNull(profiles, "profiles is null");
    this.alerts = requireNonNull(alerts, "alerts is null");
    this.passports = requireNonNull(passports, "passports is null");
    this.deletion = requireNonNull(deletion, "deletion is null");
    this.exchangeAccounts = requireNonNull(exchangeAccounts, "exchangeAccounts is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.gate = requireNonNull(gate, "gate is null");
  }

  @Override
  public void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.blocking(HttpMethod.GET, PATH, errors, this::show);
    table.blocking(HttpMethod.POST, PATH, errors, this::delete);
  }

  private Response show(Request request) {
    Principal.OfUser caller = gate.require(request).user();
    return transactions.read(
        transaction -> {
          List<Account> accounts = ledger.ofUser(transaction, caller.tenant(), caller.user());
          List<Obstacle> found = obstacles.of(transaction, caller, accounts);
          return PortalAnswer.of(
              new Standing(
                  found.isEmpty(),
                  name(profiles.find(transaction, caller.user()).orElseThrow()),
                  found,
                  DeletionObstacles.lost(accounts)));
        });
  }

  private Response delete(Request request) {
    InSession session = gate.require(request);
    Principal.OfUser caller = session.user();
    JsonFields body = JsonFields.of(request.json());
    String given = body.requireText("confirm", "the account's address");
    Optional<String> password =
        body.find("password").isPresent()
            ? Optional.of(body.requireSecret("password"))
            : Optional.empty();
    String name =
        transactions.read(
            transaction -> name(profiles.find(transaction, caller.user()).orElseThrow()));
    if (!given.strip().equalsIgnoreCase(name)) {
      throw GivenText.refused("confirm", given, name);
    }
    passports.confirm(session, password, PortalGate.origin(request));
    var _ =
        transactions.write(
            transaction -> {
              List<Account> accounts =
                  ledger.lockOfUser(transaction, caller.tenant(), caller.user());
              refuse(obstacles.of(transaction, caller, accounts));
              alerts.set(
                  transaction, caller.tenant(), caller.user(), Wanted.NOTHING, clock.instant());
              deletion.delete(transaction, caller.tenant(), caller.user());
              // what they follow stops, and nobody trades with their keys any more
              int _ = exchangeAccounts.forget(transaction, caller.tenant(), caller.user());
              return caller;
            });
    return PortalAnswer.done("the account is deleted")
        .withHeader("Set-Cookie", gate.cookie().clear());
  }

  private static void refuse(List<Obstacle> found) {
    if (!found.isEmpty()) {
      throw new Refusal(
              ErrorCode.CONFLICT,
              "account: "
                  + found.stream().map(Obstacle::code).collect(Collectors.joining(", "))
                  + " (expected: nothing that is yours or owed)")
          .withDetails(
              "Use up the balance or ask for it back, pay what is owed, and let orders, requests"
                  + " and the subscription end.");
    }
  }

  private static String name(UserProfiles.UserProfile profile) {
    return profile.user().email().orElse(profile.user().externalId());
  }

  /**
   * @param allowed whether it can be deleted now
   * @param confirm what is to be typed for it
   * @param obstacles what stands in the way
   * @param lost what was given and goes with the account
   */
  private record Standing(
      boolean allowed, String confirm, List<Obstacle> obstacles, List<Obstacle> lost) {}
}

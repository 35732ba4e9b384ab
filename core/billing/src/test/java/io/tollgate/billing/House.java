package io.tollgate.billing;

import io.tollgate.data.Transaction;
import io.tollgate.data.testing.SettableClock;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.data.testing.TestSettings;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.UserId;
import io.tollgate.ground.config.Settings;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.NewUser;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.User;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditReservation;
import io.tollgate.ledger.AuditScope;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Ledgers;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import io.tollgate.site.testing.TestSite;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Billing over a real database, with a tenant of 1,000 free tokens a month in Shanghai. */
final class House implements AutoCloseable {
  static final Asset USD = Asset.money("USD");
  static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  final SettableClock clock = new SettableClock(START);
  private final TestSite site = TestSite.at(clock);
  final TestDatabase database = site.database();
  final Ledger ledger = site.ledger();
  final IdentityModule identity = site.identity();
  GrantLimits limits = GrantLimits.defaults();
  final BillingModule billing = fresh();
  final Tenant tenant = site.tenant("one", 1000);

  /** Billing as another process has it: with nothing remembered. */
  BillingModule fresh() {
    return BillingModule.over(
        site.transactions(), ledger, Ledgers.queries(), identity, limits, clock);
  }

  /** Services and their charges, as a process has them; to be closed. */
  ServicesModule services() {
    return services(TestSettings.defaults(ServicesModule.settings()));
  }

  ServicesModule services(Settings settings) {
    return ServicesModule.over(
        site.transactions(),
        ledger,
        identity,
        fresh(),
        ServicesConfig.from(settings),
        ChargesConfig.from(settings),
        clock,
        System::nanoTime,
        site.random());
  }

  /** A new user; the token of a session that a browser keeps in its cookie. */
  String cookieSession(String externalId) {
    return site.cookieSession(tenant.id(), externalId);
  }

  <T> T write(Function<Transaction, T> body) {
    return site.write(body);
  }

  void run(Consumer<Transaction> body) {
    site.run(body);
  }

  User user(String externalId) {
    return site.user(tenant.id(), externalId);
  }

  User userWithFreeTokens(String externalId, long monthlyFreeTokens) {
    return write(
        tx ->
            identity
                .users()
                .create(
                    tx,
                    new NewUser(
                        tenant.id(),
                        Optional.of(externalId),
                        Optional.empty(),
                        Optional.empty(),
                        OptionalLong.of(monthlyFreeTokens))));
  }

  void ensure(UserId user) {
    run(tx -> billing.freeQuotas().ensure(tx, tenant.id(), user, clock.instant()));
  }

  List<Account> accounts(UserId user) {
    return write(tx -> ledger.ofUser(tx, tenant.id(), user));
  }

  UserStanding standing(UserId user) {
    return write(
        tx -> billing.standings().of(tx, tenant.id(), user, tenant.currency(), clock.instant()));
  }

  /** What the audit of the books finds; nothing when they are clean. */
  List<AuditFinding> audit() {
    return Ledgers.audit(
            Stream.of(BillingModule.auditChecks(), ServicesModule.auditChecks())
                .flatMap(List::stream)
                .toList(),
            ServicesModule.auditReservations().stream().map(AuditReservation::query).toList())
        .run(database.transactions(), AuditScope.WHOLE)
        .findings();
  }

  /** Damages or mends what is in the database, as its owner. */
  void owner(String sql) {
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Moves units from one account to another, as the business would. */
  void move(AccountKey from, AccountKey to, long units, String key) {
    run(
        tx -> {
          ledger.define(tx, from.asset());
          AccountId source = ledger.open(tx, from, AccountTerms.PLAIN);
          AccountId target = ledger.open(tx, to, AccountTerms.PLAIN);
          var unused =
              ledger.post(
                  tx,
                  new TransferRequest(
                      "test",
                      tenant.id(),
                      "test",
                      key,
                      RequestHash.of(key),
                      "",
                      clock.instant(),
                      List.of(new Leg(source, -units), new Leg(target, units)),
                      List.of()));
        });
  }

  /** Pays money in for the user. */
  void pay(UserId user, long nanos, String key) {
    move(
        AccountKey.world(tenant.id(), AccountKind.WORLD_PAYMENTS, USD),
        AccountKey.ofUser(tenant.id(), user, AccountKind.BALANCE, USD),
        nanos,
        key);
  }

  /** Lets the user owe so much. */
  void owe(UserId user, long nanos, String key) {
    move(
        AccountKey.ofUser(tenant.id(), user, AccountKind.OWED, USD),
        AccountKey.ofTenant(tenant.id(), AccountKind.REVENUE, USD),
        nanos,
        key);
  }

  @Override
  public void close() {
    site.close();
  }
}

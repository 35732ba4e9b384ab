package io.tollgate.edge.admin;

import com.github.benmanes.caffeine.cache.Ticker;
import io.tollgate.billing.AccountCostModule;
import io.tollgate.billing.BillingModule;
import io.tollgate.billing.GrantLimits;
import io.tollgate.billing.GrantOrder;
import io.tollgate.billing.PriceBook;
import io.tollgate.billing.PriceTable;
import io.tollgate.billing.PricesModule;
import io.tollgate.billing.ServicesModule;
import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.data.Transaction;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.data.testing.TestSettings;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.AdminChanges;
import io.tollgate.identity.AdminLogConfig;
import io.tollgate.identity.AdminLogModule;
import io.tollgate.identity.AdminRole;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.MailConfig;
import io.tollgate.identity.PassportConfig;
import io.tollgate.identity.PassportModule;
import io.tollgate.identity.SignOnConfig;
import io.tollgate.insight.InsightModule;
import io.tollgate.ledger.Audit;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Ledgers;
import io.tollgate.metering.BookingListeners;
import io.tollgate.metering.Metering;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PassageResult;
import io.tollgate.relay.accounts.RelayAccounts;
import io.tollgate.relay.rules.RulesModule;
import io.tollgate.site.testing.ServedAnswer;
import io.tollgate.site.testing.ServedRoutes;
import io.tollgate.site.testing.TestSite;
import io.tollgate.web.Routes;
import io.tollgate.web.SignInShelter;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/** The admin API served on a free port over a real database, with one administrator. */
final class AdminSite implements AutoCloseable {
  static final String PASSWORD = "a good password";

  private final TestSite site = TestSite.create();
  final Clock clock = Clock.systemUTC();
  final SecureRandom random = site.random();
  final TestDatabase database = site.database();
  final IdentityModule identity = site.identity();
  private final Ledger ledger = site.ledger();
  final BillingModule billing =
      BillingModule.over(
          site.transactions(), ledger, Ledgers.queries(), identity, GrantLimits.defaults(), clock);
  private final PriceTable list = PriceTable.shipped();
  private final PriceBook prices =
      PriceBook.open(list, site.transactions(), database.database().notifications(), site.clock());
  private final MeteredSite metering = new MeteredSite(database, ledger, billing, prices);
  final RelayAccounts relay = site.openAccounts().following(database.database().notifications());
  private final PassportModule passport =
      PassportModule.over(
          identity,
          PassportConfig.from(TestSettings.defaults(PassportConfig.settings())),
          MailConfig.from(TestSettings.defaults(MailConfig.settings())),
          SignOnConfig.from(TestSettings.defaults(SignOnConfig.settings())),
          () -> "http://127.0.0.1");
  private final AdminChanges changes =
      AdminLogModule.over(
              site.transactions(), new AdminLogConfig(Duration.ofDays(1_095), 60), clock)
          .changes();
  private final ServedRoutes served =
      served(
          new AdminRoutes(
              site.transactions(),
              identity,
              passport,
              SignInShelter.open(),
              Metering.inDoubt(ledger, prices, BookingListeners.NOBODY, clock),
              billing,
              prices,
              PricesModule.sheets(list, clock),
              AccountCostModule.over(
                      site.transactions(), Optional.empty(), clock, Duration.ofMinutes(1))
                  .costs(),
              clock,
              Ledgers.queries(),
              audit(),
              new RelayAdmin(
                  relay.providers(),
                  relay.accounts(),
                  relay.routings(),
                  RulesModule.admin(identity, new SecureRandom(), clock, () -> {}))));

  AdminSite() {
    var unused =
        write(tx -> identity.admins().create(tx, "root", "Root", PASSWORD, AdminRole.OWNER));
  }

  private ServedRoutes served(Routes admin) {
    Routes noted = new NotedRoutes(admin, changes);
    Routes log =
        new AdminLogRoutes(site.transactions(), changes, AdminGate.of(identity, passport), clock);
    Routes requests =
        new RequestLogRoutes(
            InsightModule.ofBooks(site.transactions()),
            identity.keyRegister(),
            1_000,
            AdminGate.of(identity, passport));
    Routes charges =
        new NotedRoutes(
            new RequestChargeRoutes(
                site.transactions(),
                site.transactions(),
                Metering.usageQueries(),
                Ledgers.queries(),
                billing.chargeRefunds(),
                AdminGate.of(identity, passport)),
            changes);
    Routes tenants =
        new NotedRoutes(
            new TenantRoutes(
                site.transactions(),
                identity.tenants(),
                identity.tenantRegister(),
                new TenantFigures(
                    Metering.usageQueries(),
                    ServicesModule.soldFigures(identity.tenants()),
                    clock,
                    Ticker.systemTicker()),
                AdminGate.of(identity, passport)),
            changes);
    return ServedRoutes.start(
        (table, loop, vertx) -> {
          noted.declare(table, loop, vertx);
          tenants.declare(table, loop, vertx);
          charges.declare(table, loop, vertx);
          log.declare(table, loop, vertx);
          requests.declare(table, loop, vertx);
        });
  }

  private static Audit audit() {
    List<AuditCheck> checks = new ArrayList<>(Metering.auditChecks());
    checks.addAll(BillingModule.auditChecks());
    return Ledgers.audit(checks, Metering.auditReservations());
  }

  <T> T write(Function<Transaction, T> body) {
    return site.write(body);
  }

  TenantId tenant(String name) {
    return site.tenant(name, 0).id();
  }

  UserId user(TenantId tenant, String externalId) {
    return site.user(tenant, externalId).id();
  }

  void give(TenantId tenant, String user, Amount amount, String key) {
    UUID unused = given(tenant, user, amount, key);
  }

  /** Gives something by hand; the transfer that gave it. */
  UUID given(TenantId tenant, String user, Amount amount, String key) {
    GrantOrder order = new GrantOrder(tenant, user, amount, Optional.empty(), 0, key);
    return write(tx -> billing.grants().give(tx, order)).transfer();
  }

  private PassageRequest request(TenantId tenant, UserId user, TokenUsage usage) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return new PassageRequest(
        ChargeId.create(now.toEpochMilli(), random),
        tenant,
        user,
        new ApiKeyId(3),
        Protocol.OPENAI,
        "gpt-4o-mini",
        false,
        Optional.of("mine"),
        now,
        prices.quote(
            prices.find("gpt-4o-mini").orElseThrow(), tenant, user, Asset.money("USD"), now),
        usage,
        usage);
  }

  /** A request of gpt-4o-mini whose process died, of a tenant that decides by hand. */
  ChargeId leaveInDoubt(TenantId tenant, UserId user, TokenUsage usage) {
    PassageRequest request = request(tenant, user, usage);
    metering.leaveInDoubt(request);
    return request.charge();
  }

  /** A request of gpt-4o-mini that was served and charged. */
  ChargeId serve(TenantId tenant, UserId user, TokenUsage usage) {
    PassageRequest request = request(tenant, user, usage);
    PassageResult result =
        new PassageResult(
            usage,
            true,
            200,
            Optional.empty(),
            OptionalLong.of(1),
            "gpt-4o-mini",
            1,
            120,
            OptionalLong.of(30));
    metering.serve(request, result);
    return request.charge();
  }

  String login() {
    return identity.admins().login("root", PASSWORD, "127.0.0.1").token();
  }

  ServedAnswer get(String token, String path) throws IOException, InterruptedException {
    return send(token, served.to(path).GET());
  }

  ServedAnswer post(String token, String path, String body)
      throws IOException, InterruptedException {
    return send(token, served.to(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Posts under a key. */
  ServedAnswer postOnce(String token, String path, String body, String key)
      throws IOException, InterruptedException {
    return send(
        token,
        served
            .to(path)
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** What the audit finds wrong with the books. */
  List<AuditFinding> findings() {
    return audit().run(site.transactions(), AuditScope.WHOLE).findings();
  }

  /** Posts, and reads an answer that is no JSON. */
  String text(String token, String path, String body) throws IOException, InterruptedException {
    return new String(
        served
            .send(
                served
                    .to(path)
                    .header("Authorization", "Bearer " + token)
                    .POST(HttpRequest.BodyPublishers.ofString(body)))
            .body(),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  /** Reads an answer that is no JSON. */
  String textOf(String token, String path) throws IOException, InterruptedException {
    return new String(
        served.send(served.to(path).header("Authorization", "Bearer " + token).GET()).body(),
        java.nio.charset.StandardCharsets.UTF_8);
  }

  ServedAnswer put(String token, String path, String body)
      throws IOException, InterruptedException {
    return send(token, served.to(path).PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  ServedAnswer patch(String token, String path, String body)
      throws IOException, InterruptedException {
    return send(token, served.to(path).method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
  }

  /** The token of another administrator, who has this role. */
  String login(AdminRole role) {
    String name = role.name().toLowerCase(Locale.ROOT);
    var unused = write(tx -> identity.admins().create(tx, name, name, PASSWORD, role));
    return identity.admins().login(name, PASSWORD, "127.0.0.1").token();
  }

  ServedAnswer delete(String token, String path) throws IOException, InterruptedException {
    return send(token, served.to(path).DELETE());
  }

  /** Logs in as a browser does; the cookie that it keeps. */
  String cookie(String path, String body) throws IOException, InterruptedException {
    String set =
        served
            .send(
                served
                    .to(path)
                    .headers("X-Tollgate-CSRF", "1", "Sec-Fetch-Site", "same-origin")
                    .POST(HttpRequest.BodyPublishers.ofString(body)))
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow();
    return set.substring(0, set.indexOf(';'));
  }

  /** A request without a body and with these headers. */
  ServedAnswer with(String method, String path, String... headers)
      throws IOException, InterruptedException {
    return ServedAnswer.of(
        served.send(
            served.to(path).headers(headers).method(method, HttpRequest.BodyPublishers.noBody())));
  }

  private ServedAnswer send(String token, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return ServedAnswer.of(served.send(request));
  }

  @Override
  public void close() {
    served.close();
    metering.close();

    relay.close();

    prices.close();

    site.close();
  }
}

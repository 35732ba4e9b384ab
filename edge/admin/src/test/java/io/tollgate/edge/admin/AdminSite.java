package io.tollgate.edge.admin;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.billing.BillingModule;
import io.tollgate.billing.GrantOrder;
import io.tollgate.billing.PriceTable;
import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.data.Transaction;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ground.config.Settings;
import io.tollgate.identity.AdminRole;
import io.tollgate.identity.IdentityConfig;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.MasterKey;
import io.tollgate.ledger.Audit;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Ledgers;
import io.tollgate.metering.Metering;
import io.tollgate.metering.PassageRequest;
import io.tollgate.metering.PassageResult;
import io.tollgate.web.Json;
import io.tollgate.web.Listener;
import io.tollgate.web.WebConfig;
import io.tollgate.web.WebEdge;
import io.tollgate.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The admin API served on a free port over a real database, with one administrator. */
final class AdminSite implements AutoCloseable {
  static final String PASSWORD = "a good password";

  final Clock clock = Clock.systemUTC();
  final SecureRandom random = new SecureRandom();
  final TestDatabase database = TestDatabase.create();
  final IdentityModule identity;
  final BillingModule billing;
  private final Ledger ledger;
  private final PriceTable prices = PriceTable.shipped();
  private final MeteredSite metering;
  private final WebEdge edge;
  private final WebServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  AdminSite() {
    ledger = Ledgers.create(clock, random);
    byte[] key = new byte[MasterKey.LENGTH];
    random.nextBytes(key);
    identity =
        new IdentityModule(
            database.transactions(),
            clock,
            System::nanoTime,
            random,
            IdentityConfig.from(
                Settings.merge(
                    IdentityConfig.settings(), Map.of(), Map.of(), Map.of(), Map.of(), "file")),
            MasterKey.parse(Base64.getEncoder().encodeToString(key)));
    billing =
        new BillingModule(
            database.transactions(),
            ledger,
            Ledgers.queries(),
            identity.tenants(),
            identity.users(),
            identity.apiKeys(),
            identity.serviceTokens(),
            clock);
    metering = new MeteredSite(database, ledger, billing, prices);
    edge = WebEdge.open(web(), new SimpleMeterRegistry(), clock, random);
    AdminRoutes routes =
        new AdminRoutes(
            database.transactions(),
            identity.admins(),
            Metering.usageQueries(),
            Metering.inDoubt(ledger, prices, clock),
            billing,
            Ledgers.queries(),
            audit());
    server = edge.listen(new Listener("public", 0, "port"), List.of(routes));
    var unused =
        write(tx -> identity.admins().create(tx, "root", "Root", PASSWORD, AdminRole.OWNER));
  }

  private static Audit audit() {
    List<AuditCheck> checks = new ArrayList<>(Metering.auditChecks());
    checks.addAll(BillingModule.auditChecks());
    return Ledgers.audit(checks, Metering.auditReservations());
  }

  <T> T write(Function<Transaction, T> body) {
    return database.transactions().write(body::apply);
  }

  TenantId tenant(String name) {
    return write(tx -> identity.tenants().create(tx, name, "USD", 0).tenant().id());
  }

  UserId user(TenantId tenant, String externalId) {
    return write(tx -> identity.users().findOrCreate(tx, tenant, externalId).id());
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

  Answer get(String token, String path) throws IOException, InterruptedException {
    return send(token, HttpRequest.newBuilder(uri(path)).GET());
  }

  Answer post(String token, String path, String body) throws IOException, InterruptedException {
    return send(
        token, HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  Answer put(String token, String path, String body) throws IOException, InterruptedException {
    return send(
        token, HttpRequest.newBuilder(uri(path)).PUT(HttpRequest.BodyPublishers.ofString(body)));
  }

  Answer delete(String token, String path) throws IOException, InterruptedException {
    return send(token, HttpRequest.newBuilder(uri(path)).DELETE());
  }

  private Answer send(String token, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<byte[]> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), Json.read(response.body()));
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static WebConfig web() {
    return WebConfig.from(
        Settings.merge(
            WebConfig.settings(),
            Map.of(),
            Map.of("http.event.loops", "1"),
            Map.of(),
            Map.of(),
            "file"));
  }

  @Override
  public void close() {
    client.close();
    edge.close();
    metering.close();
    database.close();
  }

  record Answer(int status, JsonNode json) {
    JsonNode data() {
      return json.path("data");
    }

    String text(String field) {
      return json.path(field).asString();
    }
  }
}

package io.tollgate.edge.sync;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.billing.BillingModule;
import io.tollgate.billing.GrantOrder;
import io.tollgate.data.Transaction;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.config.Settings;
import io.tollgate.identity.IdentityConfig;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.MasterKey;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Ledgers;
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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The snapshot served on a free port over a real database. */
final class SyncSite implements AutoCloseable {
  final Clock clock = Clock.systemUTC();
  final TestDatabase database = TestDatabase.create();
  final IdentityModule identity;
  final Ledger ledger = Ledgers.create(clock, new SecureRandom());
  final BillingModule billing;
  private final WebEdge edge;
  private final WebServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  SyncSite() {
    SecureRandom random = new SecureRandom();
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
    WebConfig web =
        WebConfig.from(
            Settings.merge(
                WebConfig.settings(),
                Map.of(),
                Map.of("http.event.loops", "1"),
                Map.of(),
                Map.of(),
                "file"));
    edge = WebEdge.open(web, new SimpleMeterRegistry(), clock, random);
    SyncRoutes routes =
        new SyncRoutes(
            database.transactions(),
            identity.bearers(),
            identity.tenants(),
            identity.users(),
            billing.standings(),
            clock);
    server = edge.listen(new Listener("public", 0, "port"), List.of(routes));
  }

  <T> T write(Function<Transaction, T> body) {
    return database.transactions().write(body::apply);
  }

  TenantId tenant(String name, long monthlyFreeTokens) {
    return write(tx -> identity.tenants().create(tx, name, "USD", monthlyFreeTokens).tenant().id());
  }

  void give(TenantId tenant, String user, Amount amount, String key) {
    GrantOrder order = new GrantOrder(tenant, user, amount, Optional.empty(), 0, key);
    var unused = write(tx -> billing.grants().give(tx, order));
  }

  HttpResponse<byte[]> get(String user, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.port() + "/api/v1/billing/sync/" + user));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  static JsonNode json(HttpResponse<byte[]> response) {
    return Json.read(response.body());
  }

  @Override
  public void close() {
    client.close();
    edge.close();
    database.close();
  }
}

package io.tollgate.edge.sync;

import io.tollgate.billing.BillingModule;
import io.tollgate.billing.GrantLimits;
import io.tollgate.billing.GrantOrder;
import io.tollgate.data.Transaction;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.IdentityModule;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Ledgers;
import io.tollgate.site.testing.ServedRoutes;
import io.tollgate.site.testing.TestSite;
import io.tollgate.web.Json;
import io.tollgate.web.SessionCookie;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** The snapshot served on a free port over a real database. */
final class SyncSite implements AutoCloseable {
  private final TestSite site = TestSite.create();
  final InstantSource clock = site.clock();
  final TestDatabase database = site.database();
  final IdentityModule identity = site.identity();
  final Ledger ledger = site.ledger();
  final BillingModule billing =
      BillingModule.over(
          site.transactions(), ledger, Ledgers.queries(), identity, GrantLimits.defaults(), clock);
  private final ServedRoutes served =
      ServedRoutes.start(
          new SyncRoutes(
              site.transactions(),
              identity.bearers(),
              identity.tenants(),
              identity.users(),
              billing.standings(),
              clock,
              new SessionCookie("tg_user", false)));

  <T> T write(Function<Transaction, T> body) {
    return site.write(body);
  }

  TenantId tenant(String name, long monthlyFreeTokens) {
    return site.tenant(name, monthlyFreeTokens).id();
  }

  void give(TenantId tenant, String user, Amount amount, String key) {
    GrantOrder order = new GrantOrder(tenant, user, amount, Optional.empty(), 0, key);
    var unused = write(tx -> billing.grants().give(tx, order));
  }

  HttpResponse<byte[]> get(String user, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = served.to("/api/v1/billing/sync/" + user);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return served.send(request);
  }

  static JsonNode json(HttpResponse<byte[]> response) {
    return Json.read(response.body());
  }

  @Override
  public void close() {
    served.close();
    site.close();
  }
}

package io.tollgate.edge.sync;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.billing.BillingModule;
import io.tollgate.billing.GrantLimits;
import io.tollgate.billing.GrantOrder;
import io.tollgate.data.Database;
import io.tollgate.data.OutboxEvent;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transaction;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.data.testing.TestSettings;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.IdentityModule;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Ledgers;
import io.tollgate.site.testing.ServedRoutes;
import io.tollgate.site.testing.TestSite;
import io.tollgate.web.Json;
import io.tollgate.web.SessionCookie;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jooq.impl.DSL;
import tools.jackson.databind.JsonNode;

/** Sync served by one process or several, each on a free port, over one real database. */
final class SyncSite implements AutoCloseable {
  private final TestSite site = TestSite.create();
  private final Map<String, String> settings;
  final InstantSource clock = site.clock();
  final TestDatabase database = site.database();
  final IdentityModule identity = site.identity();
  final Ledger ledger = site.ledger();
  final BillingModule billing =
      BillingModule.over(
          site.transactions(), ledger, Ledgers.queries(), identity, GrantLimits.defaults(), clock);
  private final List<Node> nodes = new CopyOnWriteArrayList<>();
  private final Node first;

  SyncSite() {
    this(Map.of());
  }

  /**
   * @param settings of sync, by name
   */
  SyncSite(Map<String, String> settings) {
    this.settings = Map.copyOf(settings);
    identity.follow(database.database().notifications());
    first = node();
  }

  /** One more process over the same database. */
  Node node() {
    Node node = new Node(nodes.size());
    nodes.add(node);
    return node;
  }

  Node first() {
    return first;
  }

  /** A process that serves sync. */
  final class Node implements AutoCloseable {
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final Database ofNode;
    private final SyncModule module;
    private final ServedRoutes served;

    private Node(int number) {
      ofNode = Database.attach(database.config(), new SimpleMeterRegistry(), new Random(number));
      module =
          SyncModule.over(
              SyncConfig.from(TestSettings.of(SyncConfig.settings(), settings)),
              ofNode,
              ofNode.transactions(),
              identity,
              billing.standings(),
              new SessionCookie("tg_user", false),
              registry);
      served = ServedRoutes.start(module.routes());
      ofNode.start();
    }

    /** How often a fresh snapshot took the place of a backlog. */
    double collapsed() {
      return registry.get("tollgate.sync.collapsed").counter().count();
    }

    double streams() {
      return registry.get("tollgate.sync.connections").tag("transport", "sse").gauge().value();
    }

    /** Its database is cut off: it says nothing more, and goes on. */
    void kill() {
      ofNode.close();
    }

    HttpResponse<byte[]> get(String path, String... headers)
        throws IOException, InterruptedException {
      HttpRequest.Builder request = served.to(path);
      if (headers.length > 0) {
        request.headers(headers);
      }
      return served.send(request);
    }

    URI at(String path) {
      return served.to(path).build().uri();
    }

    @Override
    public void close() {
      if (nodes.remove(this)) {
        served.close();
        module.close();
        ofNode.close();
      }
    }
  }

  <T> T write(Function<Transaction, T> body) {
    return site.write(body);
  }

  /** A new user; the token of a session that a browser keeps in its cookie. */
  String cookieSession(TenantId tenant, String externalId) {
    return site.cookieSession(tenant, externalId);
  }

  TenantId tenant(String name, long monthlyFreeTokens) {
    return site.tenant(name, monthlyFreeTokens).id();
  }

  void give(TenantId tenant, String user, Amount amount, String key) {
    GrantOrder order = new GrantOrder(tenant, user, amount, Optional.empty(), 0, key);
    var unused = write(tx -> billing.grants().give(tx, order));
  }

  /** Publishes events of a user, numbered from 1, in one transaction. */
  void publish(TenantId tenant, UserId user, int from, int count) {
    Object _ =
        write(
            tx -> {
              for (int number = from; number < from + count; number++) {
                tx.publish(
                    OutboxEvent.billing(
                        tenant,
                        user,
                        "balance.changed",
                        "{\"balance\":%d,\"change\":-1,\"reason\":\"api_usage\"}"
                            .formatted(number)));
              }
              return count;
            });
  }

  HttpResponse<byte[]> get(String user, String... headers)
      throws IOException, InterruptedException {
    return first.get("/api/v1/billing/sync/" + user, headers);
  }

  /** Names of a user's devices, as a node lists them. */
  List<String> names(Node node, String user, String token)
      throws IOException, InterruptedException {
    List<String> names = new ArrayList<>();
    json(node.get("/api/v1/billing/sync/" + user + "/devices", "Authorization", "Bearer " + token))
        .path("devices")
        .forEach(device -> names.add(device.path("device_id").asString()));
    return names;
  }

  /** Empties the tables in which processes tell one another of devices. */
  void forgetDevices() {
    int _ = write(tx -> tx.sql().execute("DELETE FROM sync.process"));
  }

  void sweepDevices() {
    first.module.offers().all(RecurringJob.class).forEach(job -> job.work().run());
  }

  int processes() {
    return write(tx -> tx.sql().fetchCount(DSL.table("sync.process")));
  }

  static JsonNode json(HttpResponse<byte[]> response) {
    return Json.read(response.body());
  }

  @Override
  public void close() {
    nodes.forEach(Node::close);
    site.close();
  }
}

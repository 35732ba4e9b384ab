package io.tollgate.edge.admin;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.AdminChanges;
import io.tollgate.identity.AdminLogConfig;
import io.tollgate.identity.AdminLogModule;
import io.tollgate.identity.AdminRole;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.NewUser;
import io.tollgate.identity.QuotaPlan;
import io.tollgate.identity.QuotaPlans;
import io.tollgate.ledger.Ledgers;
import io.tollgate.rewards.CardType;
import io.tollgate.rewards.PointCards.TenantRecharge;
import io.tollgate.rewards.PointCards.UserRecharge;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.RewardsModule;
import io.tollgate.site.testing.ServedAnswer;
import io.tollgate.site.testing.ServedRoutes;
import io.tollgate.site.testing.TestSite;
import io.tollgate.trading.engine.AccountType;
import io.tollgate.trading.engine.Credentials;
import io.tollgate.trading.engine.EngineModule;
import io.tollgate.trading.engine.ExchangeAccounts.NewAccount;
import io.tollgate.trading.engine.backtest.BacktestJobs;
import io.tollgate.trading.engine.candles.CandleStore;
import io.tollgate.trading.engine.candles.ExchangeMarkets;
import io.tollgate.trading.engine.search.Search;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.ExchangeAddresses;
import io.tollgate.web.CenterToken;
import io.tollgate.web.RouteTable;
import io.tollgate.web.SessionCookie;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What administrators do of trading, served over a database of its own. */
final class TradingSite implements AutoCloseable {
  static final String SECRET = "the-secret-of-it";
  static final String CENTER_TOKEN = "a secret of centre and nodes";
  private static final String PASSWORD = "a good password";

  final TestSite site = TestSite.create();
  private final IdentityModule identity = site.identity();
  private final RewardsModule rewards =
      RewardsModule.over(
          site.transactions(),
          site.ledger(),
          Ledgers.queries(),
          identity,
          EngineModule.minimums(),
          new SimpleMeterRegistry(),
          site.clock(),
          site.random());
  final EngineModule engine = new EngineModule(identity, rewards.cards(), site.clock());
  private final AdminChanges changes =
      AdminLogModule.over(
              site.transactions(),
              new AdminLogConfig(Duration.ofDays(1_095), 60),
              Clock.systemUTC())
          .changes();
  private final AdminGate gate = new AdminGate(identity.admins(), SessionCookie.ofAdmins(false));
  final BacktestJobs<BacktestAnswer> jobs =
      new BacktestJobs<>(1, 2, 2, () -> UUID.randomUUID().toString());
  private final Search search = new Search(2);
  final CandleStore candles = CandleStore.over(site.transactions(), site.clock(), UUID::randomUUID);
  private final ExchangeMarkets markets;
  private final ServedRoutes served;
  final String owner = login(AdminRole.OWNER);

  TradingSite() {
    this(URI.create("http://127.0.0.1:9"));
  }

  /**
   * @param exchange where every exchange is
   */
  TradingSite(URI exchange) {
    markets = new ExchangeMarkets(ExchangeAddresses.allAt(exchange), Clock.systemUTC());
    served = ServedRoutes.start(this::declare);
  }

  private void declare(RouteTable table, int loop, Vertx vertx) {
    new NotedRoutes(
            new TradingAdmin(
                site.transactions(), identity, rewards.cards(), engine, site.clock(), gate),
            changes)
        .declare(table, loop, vertx);
    new HeartbeatRoutes(site.transactions(), engine.nodes(), CenterToken.of(CENTER_TOKEN))
        .declare(table, loop, vertx);
    new NotedRoutes(
            new BacktestAdmin(
                jobs,
                new OptimizeShown(search, System::nanoTime),
                new CandleSources(candles, markets, Clock.systemUTC()),
                candles,
                gate),
            changes)
        .declare(table, loop, vertx);
  }

  /** The token of an administrator of this role, who is made. */
  String login(AdminRole role) {
    String name = role.name().toLowerCase(Locale.ROOT);
    var _ = site.write(tx -> identity.admins().create(tx, name, name, PASSWORD, role));
    return identity.admins().login(name, PASSWORD, "127.0.0.1").token();
  }

  TenantId tenant(String name) {
    return site.tenant(name, 0).id();
  }

  /** A user with as many points. */
  UserId user(TenantId tenant, String email, String points) {
    return site.write(
        tx -> {
          UserId made =
              identity
                  .users()
                  .create(
                      tx,
                      new NewUser(
                          tenant,
                          Optional.empty(),
                          Optional.of(email),
                          Optional.empty(),
                          OptionalLong.empty()))
                  .id();
          if (!points.equals("0")) {
            var _ =
                rewards
                    .cards()
                    .rechargeTenant(
                        tx,
                        new TenantRecharge(
                            tenant, CardType.SELF, Points.parse(points), "", Optional.empty()));
            var _ =
                rewards
                    .cards()
                    .give(
                        tx,
                        new UserRecharge(
                            tenant,
                            made,
                            CardType.SELF,
                            Points.parse(points),
                            "",
                            Optional.empty()));
          }
          return made;
        });
  }

  long account(TenantId tenant, UserId user, Exchange exchange, String key) {
    var credentials = new Credentials(key, SECRET, Optional.of("pass-phrase"));
    return site.write(
            tx ->
                engine
                    .accounts()
                    .bind(
                        tx,
                        new NewAccount(
                            tenant, user, exchange, AccountType.FUTURES, false, credentials)))
        .id();
  }

  /** Puts a tenant on a plan with room for as many strategies. */
  void limitStrategies(TenantId tenant, long most) {
    QuotaPlans plans = identity.quotaPlans();
    var limits =
        new QuotaPlan.Limits(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.of(most),
            OptionalLong.empty());
    site.run(
        tx -> {
          QuotaPlan plan =
              plans.create(tx, "plan-" + most, new QuotaPlans.Terms("P", limits, BigDecimal.ZERO));
          plans.assign(tx, tenant, Optional.of(plan.id()));
        });
  }

  ServedAnswer get(String path) {
    return send("GET", path, "", owner);
  }

  ServedAnswer post(String path, String body) {
    return send("POST", path, body, owner);
  }

  ServedAnswer put(String path, String body) {
    return send("PUT", path, body, owner);
  }

  ServedAnswer delete(String path) {
    return send("DELETE", path, "", owner);
  }

  ServedAnswer send(String method, String path, String body, String token) {
    return ServedAnswer.of(raw(method, path, body, token));
  }

  /** An answer that is no JSON. */
  String text(String path) {
    return new String(raw("GET", path, "", owner).body(), StandardCharsets.UTF_8);
  }

  /** A node says that it runs. */
  ServedAnswer heartbeat(String code, String token) {
    try {
      return ServedAnswer.of(
          served.send(
              served
                  .to("/api/nodes/" + code + "/heartbeat")
                  .header("X-Center-Token", token)
                  .POST(BodyPublishers.ofString("{}"))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<byte[]> raw(String method, String path, String body, String token) {
    HttpRequest.Builder request =
        served
            .to(path)
            .header("Authorization", "Bearer " + token)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    try {
      return served.send(request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What the administrators' log has of an action, the newest first, as one text. */
  String logged(String action) {
    return site.write(
        tx ->
            tx.sql()
                .fetch(
                    "SELECT * FROM identity.admin_change WHERE action = ? ORDER BY id DESC", action)
                .formatJSON());
  }

  static JsonNode data(ServedAnswer answer) {
    if (answer.status() != 200) {
      throw new AssertionError(answer.status() + " " + answer.json());
    }
    return answer.json().required("data");
  }

  @Override
  public void close() {
    served.close();
    jobs.close();
    search.close();
    markets.close();
    site.close();
  }
}

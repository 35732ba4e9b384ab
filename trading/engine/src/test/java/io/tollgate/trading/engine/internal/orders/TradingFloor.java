package io.tollgate.trading.engine.internal.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Ledgers;
import io.tollgate.rewards.CardType;
import io.tollgate.rewards.PointCards.TenantRecharge;
import io.tollgate.rewards.PointCards.UserRecharge;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.RewardsModule;
import io.tollgate.sandbox.ExchangeKeys;
import io.tollgate.sandbox.SandboxOptions;
import io.tollgate.sandbox.SandboxProvider;
import io.tollgate.site.testing.TestSite;
import io.tollgate.trading.engine.AccountType;
import io.tollgate.trading.engine.Binding;
import io.tollgate.trading.engine.Bindings.BindingOrder;
import io.tollgate.trading.engine.Bindings.Place;
import io.tollgate.trading.engine.Credentials;
import io.tollgate.trading.engine.EngineModule;
import io.tollgate.trading.engine.ExchangeAccounts.NewAccount;
import io.tollgate.trading.engine.RiskMode;
import io.tollgate.trading.engine.Signals;
import io.tollgate.trading.engine.Strategy;
import io.tollgate.trading.engine.execution.OrderBooks;
import io.tollgate.trading.engine.guard.SignalGuards;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.ExchangeAddresses;
import io.tollgate.trading.exchange.ExchangeTimes;
import io.tollgate.trading.exchange.Exchanges;
import io.tollgate.trading.exchange.WayOut;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Books, an exchange over the wire, and accounts of users there that follow one strategy. */
final class TradingFloor implements AutoCloseable {
  /** An exchange that does not answer is not waited for long. */
  private static final ExchangeTimes TIMES =
      new ExchangeTimes(Duration.ofSeconds(2), Duration.ofSeconds(2));

  final TestSite site;
  final RewardsModule rewards;
  final EngineModule engine;
  final TenantId tenant;
  final SandboxProvider exchange;
  final StoredBooks books;
  final OrderBooks rulebook = new OrderBooks(Duration.ofSeconds(30), Duration.ofSeconds(15));
  final SealedDoor door;
  final long strategy;
  private final Vertx vertx = Vertx.vertx();
  final Exchanges exchanges;
  private final HttpClient steering = HttpClient.newHttpClient();

  TradingFloor(Path folder) {
    this(folder, TestSite.create(), "cross");
  }

  /**
   * @param code of the strategy that is followed
   */
  TradingFloor(Path folder, TestSite at, String code) {
    site = at;
    rewards =
        RewardsModule.over(
            site.transactions(),
            site.ledger(),
            Ledgers.queries(),
            site.identity(),
            EngineModule.minimums(),
            new SimpleMeterRegistry(),
            site.clock(),
            site.random());
    engine = new EngineModule(site.identity(), rewards.cards(), site.clock());
    tenant = site.tenant("floor", 0).id();
    books = new StoredBooks(site.transactions(), site.random(), site.clock());
    exchange = SandboxProvider.start(SandboxOptions.local(0, folder));
    exchanges =
        new Exchanges(
            vertx,
            ExchangeAddresses.allAt(URI.create(exchange.url())),
            TIMES,
            new WayOut(Optional.of("127.0.0.1"), Optional.empty()),
            InstantSource.system());
    door = new SealedDoor(site.transactions(), engine.accounts(), exchanges, exchanges);
    strategy =
        site.write(
                tx ->
                    engine
                        .strategies()
                        .create(
                            tx,
                            new Strategy.Terms(
                                code,
                                "Cross",
                                "",
                                "BTC/USDT",
                                "1m",
                                Optional.empty(),
                                BigDecimal.valueOf(200),
                                BigDecimal.valueOf(10_000),
                                20,
                                RiskMode.STEADY)))
            .id();
    var _ = site.write(tx -> engine.strategies().open(tx, tenant, strategy));
    var _ = site.user(tenant, "root");
    var _ =
        site.write(
            tx ->
                rewards
                    .cards()
                    .rechargeTenant(
                        tx,
                        new TenantRecharge(
                            tenant, CardType.SELF, Points.parse("100000"), "", Optional.empty())));
    price("50000");
  }

  /** A user with points, and an account at the exchange that follows the strategy. */
  long follower(String name) {
    UserId user = site.user(tenant, name).id();
    ExchangeKeys keys =
        new ExchangeKeys(name + "-key-0123456789abcdef", name + "-secret-0123456789abcdef");
    exchange.openExchangeAccount(keys, BigDecimal.valueOf(10_000));
    return site.write(
        tx -> {
          var _ =
              rewards
                  .cards()
                  .give(
                      tx,
                      new UserRecharge(
                          tenant, user, CardType.SELF, Points.parse("1000"), "", Optional.empty()));
          long account =
              engine
                  .accounts()
                  .bind(
                      tx,
                      new NewAccount(
                          tenant,
                          user,
                          Exchange.BINANCE,
                          AccountType.FUTURES,
                          true,
                          new Credentials(keys.apiKey(), keys.apiSecret(), Optional.empty())))
                  .id();
          var _ =
              engine
                  .bindings()
                  .open(
                      tx,
                      new BindingOrder(
                          new Place(tenant, user, account, strategy),
                          Binding.Mode.LOOP,
                          Optional.empty(),
                          20,
                          RiskMode.STEADY,
                          Points.parse("1")));
          return account;
        });
  }

  OrderRunner runner(String name) {
    return new OrderRunner(books, rulebook, door, name);
  }

  Signals intake() {
    return new SignalIntake(site.random(), Duration.ofMinutes(10), site.clock());
  }

  SignalDesk desk(Runnable reserved) {
    return new SignalDesk(
        site.transactions(),
        books,
        new SignalDispatch(
            site.transactions(),
            books,
            rulebook,
            door,
            rewards.cards(),
            new SignalGuards(Duration.ofMinutes(10), new BigDecimal("0.5")),
            reserved));
  }

  void price(String usdt) {
    String answer = steer("POST", "price", "{\"symbol\":\"BTCUSDT\",\"price\":\"" + usdt + "\"}");
    assertThat(answer).doesNotContain("error");
  }

  /** Tells the exchange what to do, or asks it what it has. */
  String steer(String method, String what, String body) {
    try {
      return steering
          .send(
              HttpRequest.newBuilder(URI.create(exchange.url() + "/sandbox/exchange/" + what))
                  .timeout(Duration.ofSeconds(30))
                  .method(method, BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString())
          .body();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    exchanges.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    exchange.close();
    site.close();
  }
}

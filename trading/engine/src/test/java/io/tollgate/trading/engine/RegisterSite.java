package io.tollgate.trading.engine;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.data.ListRequest;
import io.tollgate.data.testing.SettableClock;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Ledgers;
import io.tollgate.rewards.CardType;
import io.tollgate.rewards.PointCards.TenantRecharge;
import io.tollgate.rewards.PointCards.UserRecharge;
import io.tollgate.rewards.Points;
import io.tollgate.rewards.RewardsModule;
import io.tollgate.site.testing.TestSite;
import io.tollgate.trading.engine.Bindings.BindingOrder;
import io.tollgate.trading.engine.Bindings.Place;
import io.tollgate.trading.engine.ExchangeAccounts.NewAccount;
import io.tollgate.trading.exchange.Exchange;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The register over a database of its own. */
final class RegisterSite implements AutoCloseable {
  final SettableClock clock = new SettableClock();
  final TestSite site = TestSite.at(clock);
  final RewardsModule rewards =
      RewardsModule.over(
          site.transactions(),
          site.ledger(),
          Ledgers.queries(),
          site.identity(),
          EngineModule.minimums(),
          new SimpleMeterRegistry(),
          clock,
          site.random());
  final EngineModule engine = new EngineModule(site.identity(), rewards.cards(), clock);

  long strategy(String code) {
    return site.write(tx -> engine.strategies().create(tx, terms(code))).id();
  }

  static Strategy.Terms terms(String code) {
    return new Strategy.Terms(
        code,
        "Cross",
        "",
        "BTC/USDT",
        "1h",
        Optional.empty(),
        BigDecimal.valueOf(200),
        BigDecimal.valueOf(1_000),
        20,
        RiskMode.STEADY);
  }

  TenantStrategy open(TenantId tenant, long strategy) {
    return site.write(tx -> engine.strategies().open(tx, tenant, strategy));
  }

  ExchangeAccount bind(TenantId tenant, UserId user, String key) {
    Credentials credentials =
        new Credentials(key + "-0123456789", "the-secret-of-it", Optional.empty());
    return site.write(
        tx ->
            engine
                .accounts()
                .bind(
                    tx,
                    new NewAccount(
                        tenant, user, Exchange.GATE, AccountType.FUTURES, false, credentials)));
  }

  Binding follow(Place place) {
    return site.write(
        tx ->
            engine
                .bindings()
                .open(
                    tx,
                    new BindingOrder(
                        place,
                        Binding.Mode.LOOP,
                        Optional.empty(),
                        20,
                        RiskMode.STEADY,
                        Points.parse("1"))));
  }

  void give(TenantId tenant, UserId user, String points) {
    site.run(
        tx -> {
          var _ =
              rewards
                  .cards()
                  .rechargeTenant(
                      tx,
                      new TenantRecharge(
                          tenant, CardType.GIFT, Points.parse(points), "", Optional.empty()));
          var _ =
              rewards
                  .cards()
                  .give(
                      tx,
                      new UserRecharge(
                          tenant, user, CardType.GIFT, Points.parse(points), "", Optional.empty()));
        });
  }

  /** As many rows, page by page. */
  static ListRequest part(int size, Optional<String> cursor) {
    return new ListRequest(1, size, cursor, true);
  }

  static <T> List<T> atOnce(int times, Callable<T> action) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(Collections.nCopies(times, action)).stream()
          .map(Future::resultNow)
          .toList();
    }
  }

  @Override
  public void close() {
    site.close();
  }
}

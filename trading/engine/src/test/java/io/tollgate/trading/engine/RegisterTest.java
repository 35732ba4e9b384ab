package io.tollgate.trading.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.data.testing.SettableClock;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.QuotaPlan;
import io.tollgate.identity.QuotaPlans;
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
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RegisterTest {
  private static final Credentials KEY =
      new Credentials("ABCD5678901234567890WXYZ", "the-secret-of-it", Optional.of("pass phrase"));

  private final SettableClock clock = new SettableClock();
  private final TestSite site = TestSite.at(clock);
  private final RewardsModule rewards =
      RewardsModule.over(
          site.transactions(),
          site.ledger(),
          Ledgers.queries(),
          site.identity(),
          EngineModule.minimums(),
          new SimpleMeterRegistry(),
          clock,
          site.random());
  private final EngineModule engine = new EngineModule(site.identity(), rewards.cards(), clock);
  private final TenantId tenant = site.tenant("Acme", 0).id();
  private final UserId user = site.user(tenant, "one").id();

  @AfterEach
  void close() {
    site.close();
  }

  @Test
  void credentials_are_sealed_for_their_tenant_and_account_and_open_again() {
    ExchangeAccount account = bind(user, Exchange.OKX, KEY);
    assertThat(account.maskedKey()).isEqualTo("ABCD****WXYZ");
    assertThat(credentials(tenant, account.id())).isEqualTo(KEY);
    byte[] sealed =
        site.write(
            tx ->
                tx.sql()
                    .fetchSingle("SELECT credentials_sealed FROM trading.exchange_account")
                    .get(0, byte[].class));
    assertThat(new String(sealed, UTF_8)).doesNotContain("secret", "ABCD", "pass");
    refused(ErrorCode.NOT_FOUND, () -> credentials(site.tenant("Other", 0).id(), account.id()));
    // moved to another row, it does not open
    ExchangeAccount other = bind(user, Exchange.GATE, KEY);
    site.run(
        tx -> {
          var _ =
              tx.sql()
                  .execute(
                      "UPDATE trading.exchange_account SET credentials_sealed = ? WHERE id = ?",
                      sealed,
                      other.id());
        });
    assertThat(
            catchThrowableOfType(
                IllegalStateException.class, () -> credentials(tenant, other.id())))
        .isNotNull();
    assertThat(KEY.toString()).doesNotContain("secret", "ABCD");
  }

  @Test
  void of_a_short_key_little_is_shown_and_wrong_ones_are_not_repeated() {
    Credentials brief = new Credentials("ABCDEFGH", "a-secret", Optional.empty());
    assertThat(bind(user, Exchange.GATE, brief).maskedKey()).isEqualTo("AB****GH");
    for (String bad : List.of("short", "with space 12", "x".repeat(257), "line\nbreak-123")) {
      Refusal refusal =
          refused(
              ErrorCode.INVALID_REQUEST,
              () -> new Credentials(bad, "a-secret-1", Optional.empty()));
      assertThat(refusal.sentence()).doesNotContain(bad);
    }
    refused(
        ErrorCode.INVALID_REQUEST,
        () -> bind(user, Exchange.OKX, new Credentials("K1234567", "S1234567", Optional.empty())));
  }

  @Test
  void of_many_who_bind_a_key_at_once_one_makes_the_account() throws Exception {
    List<Long> accounts = atOnce(10, () -> bind(user, Exchange.BINANCE, KEY).id());
    assertThat(accounts).hasSize(10).containsOnly(accounts.getFirst());
    assertThat(bound()).hasSize(1);
    UserId other = site.user(tenant, "two").id();
    refused(ErrorCode.CONFLICT, () -> bind(other, Exchange.BINANCE, KEY));
    unbind(user, accounts.getFirst());
    refused(ErrorCode.NOT_FOUND, () -> credentials(tenant, accounts.getFirst()));
    // it is free for whoever has it then
    assertThat(bind(other, Exchange.BINANCE, KEY).id()).isNotEqualTo(accounts.getFirst());
  }

  @Test
  void exactly_as_many_accounts_and_strategies_are_there_as_the_plan_says() throws Exception {
    limit(OptionalLong.of(1), OptionalLong.of(3));
    List<Boolean> made =
        atOnce(
            8,
            () -> {
              String key = "KEY-" + Thread.currentThread().threadId() + "-0123456789";
              try {
                ExchangeAccount _ =
                    bind(user, Exchange.GATE, new Credentials(key, "a-secret-1", Optional.empty()));
                return true;
              } catch (Refusal refusal) {
                assertThat(refusal.code()).isEqualTo(ErrorCode.PLAN_LIMIT);
                return false;
              }
            });
    assertThat(made.stream().filter(Boolean::booleanValue)).hasSize(3);
    long first = strategy("one");
    long second = strategy("two");
    TenantStrategy _ = site.write(tx -> engine.strategies().open(tx, tenant, first));
    refused(
        ErrorCode.PLAN_LIMIT, () -> site.write(tx -> engine.strategies().open(tx, tenant, second)));
    limit(OptionalLong.empty(), OptionalLong.empty());
    TenantStrategy _ = site.write(tx -> engine.strategies().open(tx, tenant, second));
    limit(OptionalLong.of(1), OptionalLong.empty());
    give("10");
    long account = bound().getFirst().id();
    Binding _ = follow(account, first, "1");
    refused(ErrorCode.PLAN_LIMIT, () -> follow(account, second, "1"));
  }

  @Test
  void an_account_follows_a_strategy_once_and_only_while_it_is_bound() throws Exception {
    long strategy = strategy("one");
    TenantStrategy _ = site.write(tx -> engine.strategies().open(tx, tenant, strategy));
    long account = bind(user, Exchange.BINANCE, KEY).id();
    refused(ErrorCode.INSUFFICIENT_MEANS, () -> follow(account, strategy, "1"));
    give("10");
    List<Boolean> opened =
        atOnce(
            8,
            () -> {
              try {
                Binding _ = follow(account, strategy, "1.5");
                return true;
              } catch (Refusal refusal) {
                assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT);
                return false;
              }
            });
    assertThat(opened).containsOnlyOnce(true);
    assertThat(highestMinimum()).hasValue(Points.parse("1.5"));
    refused(ErrorCode.CONFLICT, () -> unbind(user, account));
    Place place = new Place(tenant, user, account, strategy);
    assertThat(site.write(tx -> engine.bindings().close(tx, place)).running()).isFalse();
    assertThat(highestMinimum()).isEmpty();
    unbind(user, account);
    refused(ErrorCode.NOT_FOUND, () -> follow(account, strategy, "1"));
    refused(ErrorCode.NOT_FOUND, () -> follow(999, strategy, "1"));
    refused(ErrorCode.NOT_FOUND, () -> follow(account, 999, "1"));
  }

  @Test
  void an_account_follows_only_strategies_of_its_kind_of_market() {
    long futures = strategy("futures-only");
    TenantStrategy _ = site.write(tx -> engine.strategies().open(tx, tenant, futures));
    NewAccount spot = new NewAccount(tenant, user, Exchange.BINANCE, AccountType.SPOT, false, KEY);
    long account = site.write(tx -> engine.accounts().bind(tx, spot)).id();
    give("10");
    refused(ErrorCode.INVALID_REQUEST, () -> follow(account, futures, "1"));
  }

  @Test
  void amounts_are_capital_times_risk_times_leverage_half_even() {
    assertThat(RiskMode.STEADY.amountUsdt(new BigDecimal("1000"), 20)).isEqualTo("200.00");
    assertThat(RiskMode.BALANCED.amountUsdt(new BigDecimal("333.33"), 10)).isEqualTo("50.00");
    assertThat(RiskMode.BOLD.amountUsdt(new BigDecimal("0.125"), 5)).isEqualTo("0.01");
    // 0.025 and 0.035 are half-way
    assertThat(RiskMode.STEADY.amountUsdt(new BigDecimal("0.5"), 5)).isEqualTo("0.02");
    assertThat(RiskMode.STEADY.amountUsdt(new BigDecimal("0.7"), 5)).isEqualTo("0.04");
  }

  private ExchangeAccount bind(UserId by, Exchange exchange, Credentials credentials) {
    return site.write(
        tx ->
            engine
                .accounts()
                .bind(
                    tx,
                    new NewAccount(tenant, by, exchange, AccountType.FUTURES, false, credentials)));
  }

  private List<ExchangeAccount> bound() {
    return site.write(tx -> engine.accounts().of(tx, tenant, user));
  }

  private Optional<Amount> highestMinimum() {
    return site.write(tx -> EngineModule.minimums().highest(tx, tenant, user));
  }

  private void unbind(UserId by, long account) {
    site.run(tx -> engine.accounts().unbind(tx, tenant, by, account));
  }

  private Credentials credentials(TenantId of, long account) {
    return site.write(tx -> engine.accounts().credentials(tx, of, account));
  }

  private long strategy(String code) {
    var terms =
        new Strategy.Terms(
            code,
            "Cross",
            "",
            "BTCUSDT",
            "1h",
            Optional.empty(),
            BigDecimal.valueOf(200),
            BigDecimal.valueOf(1_000),
            20,
            RiskMode.STEADY);
    return site.write(tx -> engine.strategies().create(tx, terms)).id();
  }

  private Binding follow(long account, long strategy, String minPointCard) {
    return site.write(
        tx ->
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
                        Points.parse(minPointCard))));
  }

  private void give(String points) {
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

  private void limit(OptionalLong strategies, OptionalLong accounts) {
    QuotaPlans plans = site.identity().quotaPlans();
    var limits =
        new QuotaPlan.Limits(
            OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), strategies, accounts);
    site.run(
        tx -> {
          String code =
              "p" + tx.sql().fetchSingle("SELECT count(*) FROM identity.quota_plan").get(0);
          QuotaPlan plan =
              plans.create(tx, code, new QuotaPlans.Terms(code, limits, BigDecimal.ZERO));
          plans.assign(tx, tenant, Optional.of(plan.id()));
        });
  }

  private static Refusal refused(ErrorCode code, ThrowingCallable call) {
    Refusal refusal = catchThrowableOfType(Refusal.class, call);
    assertThat(refusal).as("expected: " + code).isNotNull();
    assertThat(refusal.code()).isEqualTo(code);
    return refusal;
  }

  private static <T> List<T> atOnce(int times, Callable<T> action) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(Collections.nCopies(times, action)).stream()
          .map(Future::resultNow)
          .toList();
    }
  }
}

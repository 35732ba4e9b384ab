package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.TRADE_ORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.ManualTrading.ManualClose;
import io.tollgate.trading.engine.ManualTrading.ManualOrder;
import io.tollgate.trading.engine.ManualTrading.OnAccount;
import io.tollgate.trading.engine.ManualTrading.Placed;
import io.tollgate.trading.engine.ManualTrading.Where;
import io.tollgate.trading.engine.RiskSettings.Owner;
import io.tollgate.trading.engine.episode.Episode.Direction;
import io.tollgate.trading.engine.execution.Levels;
import io.tollgate.trading.engine.risk.RiskFacts;
import io.tollgate.trading.engine.risk.RiskOrder;
import io.tollgate.trading.engine.risk.RiskOrder.Intent;
import io.tollgate.trading.engine.risk.RiskRule;
import io.tollgate.trading.engine.risk.RiskValue;
import io.tollgate.trading.engine.risk.RiskVerdict;
import io.tollgate.trading.engine.risk.RuleSetting;
import io.tollgate.trading.exchange.Symbol;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders by hand, and rules of risk as they are set, at the simulator. */
@Tag("slow")
class ManualTradingTest {
  private static final Symbol BTC = Symbol.of("BTC/USDT");
  private static final RiskRule MOST = RiskRule.MAX_POSITION_VALUE;

  @TempDir static Path folder;
  private static TradingFloor floor;
  private static OrderRunner runner;
  private static ManualDesk desk;
  private static StoredRiskSettings risk;
  private static int names;

  private long account;

  @BeforeAll
  static void open() {
    floor = new TradingFloor(folder);
    runner = floor.runner("hand");
    runner.start();
    risk = new StoredRiskSettings(floor.site.clock());
    desk =
        new ManualDesk(
            floor.site.transactions(),
            floor.books,
            floor.rulebook,
            floor.rewards.cards(),
            new MarketRules(floor.exchanges::market),
            new OrderAwait(floor.site.transactions(), Duration.ofSeconds(60), System::nanoTime));
  }

  @AfterAll
  static void close() {
    runner.close();
    floor.close();
  }

  @BeforeEach
  void synced() {
    floor.price("50000");
    account = floor.follower("hand-" + names++);
    assertThat(new AccountSync(floor.books, floor.rulebook, floor.door).sync(account)).isTrue();
  }

  @Test
  void an_order_by_hand_is_placed_once_and_closed_in_parts() {
    ManualOrder order = order("first", Intent.OPEN, "200");
    OnAccount placed = only(desk.place(order));
    assertThat(placed.success()).as("%s", placed).isTrue();
    assertThat(placed.filled()).isEqualByComparingTo("0.004");
    assertThat(placed.price()).hasValueSatisfying(price -> assertThat(price).isPositive());
    assertThat(only(desk.place(order))).as("the same key").isEqualTo(placed);
    assertThat(orders()).isEqualTo(1);
    OnAccount again = only(desk.place(order("second", Intent.OPEN, "200")));
    assertThat(again.skipped()).isTrue();
    assertThat(again.code()).contains("POSITION_EXISTS");

    OnAccount part = desk.close(closing(Optional.of("0.00149")));
    assertThat(part.filled()).as("whole steps of it").isEqualByComparingTo("0.001");
    OnAccount rest = desk.close(closing(Optional.empty()));
    assertThat(rest.filled()).isEqualByComparingTo("0.003");
    assertThat(orders()).isEqualTo(3);
    assertThatThrownBy(() -> desk.close(closing(Optional.empty())))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("no open position");
  }

  @Test
  void what_is_meant_must_be_one_position_and_a_key_one_order() {
    assertThat(only(desk.place(order("long", Intent.OPEN, "200"))).success()).isTrue();
    assertThat(only(desk.place(sold("short", "200"))).success()).isTrue();
    assertThatThrownBy(() -> desk.close(closing(Optional.empty())))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("position_side");
    assertThatThrownBy(() -> desk.place(sold("long", "200")))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("another key");
    OnAccount closed =
        desk.close(
            new ManualClose(
                Optional.empty(),
                OptionalLong.of(account),
                BTC,
                Optional.of(Direction.SHORT),
                Optional.empty()));
    assertThat(closed.success()).isTrue();
    assertThat(desk.close(closing(Optional.empty())).success()).isTrue();
  }

  @Test
  void a_rule_that_is_set_for_an_account_holds_back_its_next_order() {
    Owner owner = new Owner.OfAccount(account);
    assertThat(settings(owner)).as("of its own it has none").isEmpty();
    change(owner, Map.of("max_value", new RiskValue.Number(BigDecimal.valueOf(100))));
    OnAccount held = only(desk.place(order("large", Intent.OPEN, "200")));
    assertThat(held.code()).contains(MOST.rejectCode());
    assertThat(judged("200")).isInstanceOf(RiskVerdict.Broken.class);
    assertThat(judged("90")).isInstanceOf(RiskVerdict.Passed.class);
    change(owner, Map.of("max_value", new RiskValue.Number(new BigDecimal("300.5"))));
    assertThat(settings(owner))
        .singleElement()
        .satisfies(
            setting -> {
              assertThat(setting.rule()).isEqualTo(MOST);
              assertThat(setting.value("max_value").shown()).isEqualTo("300.5");
            });
    assertThat(only(desk.place(order("small enough", Intent.OPEN, "200"))).success()).isTrue();
    assertThat(settings(new Owner.Platform())).hasSize(RiskRule.values().length);
    assertThatThrownBy(() -> settings(new Owner.OfAccount(999_999))).isInstanceOf(Refusal.class);
  }

  @Test
  void who_follows_a_strategy_is_ordered_for_and_who_does_not_is_told() {
    assertThat(desk.place(ofStrategy("nobody-knows-it"))).isInstanceOf(Placed.NoStrategy.class);
    Placed placed = desk.place(ofStrategy("cross"));
    assertThat(placed).isInstanceOf(Placed.Tried.class);
    assertThat(((Placed.Tried) placed).accounts())
        .filteredOn(result -> result.account() == account)
        .singleElement()
        .satisfies(result -> assertThat(result.filled()).isPositive());
  }

  private static ManualOrder ofStrategy(String code) {
    return new ManualOrder(
        "by-" + code,
        new Where.OfStrategy(code),
        BTC,
        Intent.OPEN,
        Direction.LONG,
        Optional.empty(),
        Optional.empty(),
        Levels.NONE);
  }

  private ManualOrder order(String key, Intent intent, String usdt) {
    return order(key, intent, Direction.LONG, usdt);
  }

  private ManualOrder sold(String key, String usdt) {
    return order(key, Intent.OPEN, Direction.SHORT, usdt);
  }

  private ManualOrder order(String key, Intent intent, Direction direction, String usdt) {
    return new ManualOrder(
        key.replace(' ', '-'),
        new Where.OfAccount(account),
        BTC,
        intent,
        direction,
        Optional.empty(),
        Optional.of(new BigDecimal(usdt)),
        Levels.NONE);
  }

  private ManualClose closing(Optional<String> quantity) {
    return new ManualClose(
        Optional.empty(),
        OptionalLong.of(account),
        BTC,
        Optional.empty(),
        quantity.map(BigDecimal::new));
  }

  private static OnAccount only(Placed placed) {
    assertThat(placed).isInstanceOf(Placed.Tried.class);
    List<OnAccount> accounts = ((Placed.Tried) placed).accounts();
    assertThat(accounts).hasSize(1);
    return accounts.getFirst();
  }

  private static void change(Owner owner, Map<String, RiskValue> parameters) {
    var _ =
        floor.site.write(
            tx ->
                risk.change(
                    tx,
                    owner,
                    Map.of(MOST.code(), new RuleSetting.Change(Optional.empty(), parameters))));
  }

  private static List<RuleSetting> settings(Owner owner) {
    return floor.site.write(tx -> List.copyOf(risk.of(tx, owner).settings()));
  }

  private RiskVerdict judged(String usdt) {
    return floor.site.write(
        tx ->
            risk.judge(
                tx,
                OptionalLong.of(account),
                new RiskOrder(
                    "BTC/USDT",
                    Intent.OPEN,
                    RiskOrder.Origin.STRATEGY,
                    Optional.of(new BigDecimal(usdt))),
                RiskFacts.at(floor.site.clock().instant()).build()));
  }

  private int orders() {
    return floor.site.write(
        tx -> tx.sql().fetchCount(TRADE_ORDER, TRADE_ORDER.ACCOUNT_ID.eq(account)));
  }
}

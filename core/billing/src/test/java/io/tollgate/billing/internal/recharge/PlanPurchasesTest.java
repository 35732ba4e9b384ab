package io.tollgate.billing.internal.recharge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.billing.Plan;
import io.tollgate.billing.PlanOrder;
import io.tollgate.billing.PlanPeriod;
import io.tollgate.billing.RechargeCallback;
import io.tollgate.billing.RechargeOrder;
import io.tollgate.billing.RechargeRequest;
import io.tollgate.billing.Subscription;
import io.tollgate.billing.Subscriptions.By;
import io.tollgate.billing.SubscriptionsModule;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.identity.AccessTerms;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AccountTerms;
import io.tollgate.ledger.Leg;
import io.tollgate.ledger.RequestHash;
import io.tollgate.ledger.TransferRequest;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A plan is ordered, paid through a channel, and begins once. */
@Tag("slow")
class PlanPurchasesTest {
  private static final Asset USD = Asset.money("USD");

  private final RechargeSite house = new RechargeSite();
  private final RechargeWing wing = house.wing();
  private final SubscriptionsModule plans = house.subscriptions();
  private final Plan plan = plan("pro", "9.99", 5_000);

  @AfterEach
  void close() {
    assertThat(house.audit()).isEmpty();
    house.close();
  }

  @Test
  void a_plan_begins_once_however_often_and_by_how_many_it_is_told_that_it_was_paid()
      throws Exception {
    RechargeOrder order = order("often", plan);
    assertThat(order.amount()).isEqualTo(usd("9.99"));
    house.press(order, "pay");
    RechargeWing another = house.wing();
    List<Callable<RechargeOrder>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      RechargeWing node = i % 2 == 0 ? wing : another;
      calls.add(() -> node.orders().ask(house.tenantId(), order.orderId()).orElseThrow());
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(threads.invokeAll(calls).stream().map(Future::resultNow))
          .allMatch(each -> each.status().code().equals("success"));
    }
    Subscription begun = subscription(order).orElseThrow();
    assertThat(begun.plan().id()).isEqualTo(plan.id());
    assertThat(begun.periodPrice()).isEqualTo(usd("9.99"));
    RechargeOrder paid = shown(order);
    assertThat(paid.purchase().orElseThrow().subscription()).contains(begun.id());
    assertThat(balance(order)).as("all of it paid the plan").isEqualTo(usd("0"));
    assertThat(house.cases(wing)).isEmpty();
    assertThat(steps(begun)).isEqualTo(1);
  }

  @Test
  void a_payment_that_comes_late_begins_it_and_a_second_one_is_kept_apart() {
    RechargeOrder order = order("late", plan);
    house.clock.advance(Duration.ofMinutes(31));
    RechargeSite.run(wing, "recharge_expiry");
    assertThat(shown(order).status().code()).isEqualTo("expired");
    assertThat(subscription(order)).isEmpty();
    callback(order, "one", "9.99");
    assertThat(subscription(order).orElseThrow().periodStartsAt())
        .as("from when it was paid")
        .isAfterOrEqualTo(order.createdAt().plus(Duration.ofMinutes(30)));
    callback(order, "two", "9.99");
    assertThat(house.cases(wing)).containsExactly("second_payment");
    assertThat(balance(order)).isEqualTo(usd("0"));
  }

  @Test
  void another_amount_begins_nothing_and_is_kept_apart() {
    RechargeOrder order = order("wrong", plan);
    house.press(order, "wrong");
    RechargeOrder _ = wing.orders().ask(house.tenantId(), order.orderId()).orElseThrow();
    assertThat(shown(order).status().code()).isEqualTo("pending");
    assertThat(subscription(order)).isEmpty();
    assertThat(house.cases(wing)).containsExactly("wrong_amount");
    refused(ErrorCode.CONFLICT, () -> callback(order, "told", "5"));
    assertThat(subscription(order)).isEmpty();
  }

  @Test
  void who_has_a_subscription_by_then_keeps_the_money_on_the_balance_and_somebody_looks() {
    RechargeOrder first = order("both", plan);
    RechargeOrder second = order("both", plan("other", "4", 10));
    callback(first, "one", "9.99");
    callback(second, "two", "4");
    assertThat(subscription(first).orElseThrow().plan().id()).isEqualTo(plan.id());
    assertThat(balance(first)).isEqualTo(usd("4"));
    assertThat(shown(second).purchase().orElseThrow().refused())
        .contains("the user has a subscription");
    assertThat(house.cases(wing)).containsExactly("plan_not_begun");
    refused(ErrorCode.CONFLICT, () -> order("both", plan));
  }

  @Test
  void of_many_orders_of_one_user_paid_at_once_on_two_nodes_one_begins_its_plan() throws Exception {
    RechargeWing another = house.wing();
    List<RechargeOrder> all = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      all.add(order("crowd", plan));
    }
    List<Callable<RechargeOrder>> calls = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      RechargeOrder order = all.get(i / 2);
      RechargeWing node = i % 2 == 0 ? wing : another;
      calls.add(
          () ->
              node.orders()
                  .callback(
                      new RechargeCallback(
                          house.tenantId(),
                          order.orderId(),
                          "crowd-" + order.id(),
                          new BigDecimal("9.99"),
                          true)));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      assertThat(threads.invokeAll(calls).stream().map(Future::resultNow))
          .allMatch(each -> each.status().code().equals("success"));
    }
    assertThat(
            all.stream().filter(each -> shown(each).purchase().orElseThrow().refused().isEmpty()))
        .hasSize(1);
    assertThat(balance(all.getFirst())).isEqualTo(usd("69.93"));
    assertThat(house.cases(wing)).hasSize(7).containsOnly("plan_not_begun");
  }

  @Test
  void a_plan_bought_from_the_balance_while_an_order_of_it_is_paid_is_one_subscription()
      throws Exception {
    RechargeOrder money = create(request("race").withKey(Optional.of("money")));
    RechargeOrder order = order("race", plan("cheap", "1", 10));
    callback(money, "money", "1");
    List<Callable<Boolean>> calls =
        List.of(
            () -> {
              callback(order, "one", "1");
              return true;
            },
            () -> {
              try {
                Subscription _ =
                    plans
                        .subscriptions()
                        .buy(
                            house.tenantId(),
                            order.user(),
                            order.purchase().orElseThrow().plan(),
                            "k",
                            By.USER);
                return true;
              } catch (Refusal refusal) {
                assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT);
                return false;
              }
            });
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> call : threads.invokeAll(calls)) {
        Boolean _ = call.get();
      }
    }
    assertThat(subscription(order)).isPresent();
    assertThat(balance(order)).as("two dollars, one plan").isEqualTo(usd("1"));
  }

  @Test
  void a_notification_that_comes_again_after_a_refund_begins_nothing_again() {
    RechargeOrder order = order("again", plan);
    callback(order, "one", "9.99");
    long begun = subscription(order).orElseThrow().id();
    boolean _ =
        house.site.write(
            tx -> {
              Subscription _ =
                  plans.subscriptions().stop(tx, begun, new io.tollgate.ground.AdminId(1));
              return true;
            });
    callback(order, "one", "9.99");
    RechargeOrder _ = wing.orders().ask(house.tenantId(), order.orderId()).orElseThrow();
    assertThat(subscription(order)).as("it was stopped, and stays so").isEmpty();
    assertThat(shown(order).purchase().orElseThrow().subscription()).contains(begun);
    assertThat(balance(order)).isEqualTo(usd("0"));
  }

  @Test
  void what_is_told_of_the_balance_is_all_money_that_a_snapshot_shows() {
    RechargeOrder order = create(request("gifted"));
    boolean _ =
        house.site.write(
            tx -> {
              house.site.ledger().define(tx, USD);
              var world =
                  house
                      .site
                      .ledger()
                      .open(
                          tx,
                          AccountKey.world(house.tenantId(), AccountKind.WORLD_GRANTS, USD),
                          AccountTerms.PLAIN);
              var gift =
                  house
                      .site
                      .ledger()
                      .open(
                          tx,
                          AccountKey.ofUser(house.tenantId(), order.user(), AccountKind.GIFT, USD),
                          AccountTerms.PLAIN);
              move(tx, "gift", new Leg(world, -usd("7").units()), new Leg(gift, usd("7").units()));
              return true;
            });
    callback(order, "one", "1");
    assertThat(
            house.site.<BigDecimal>write(
                tx ->
                    tx.sql()
                        .fetchSingle(
                            "SELECT (payload ->> 'balance')::numeric FROM data.outbox"
                                + " WHERE type = 'balance.changed'")
                        .get(0, BigDecimal.class)))
        .isEqualByComparingTo("8");
  }

  private void move(io.tollgate.data.Transaction tx, String key, Leg... legs) {
    house.site.ledger().define(tx, USD);
    var _ =
        house
            .site
            .ledger()
            .post(
                tx,
                new TransferRequest(
                    "charge",
                    house.tenantId(),
                    "test",
                    key,
                    RequestHash.of(key),
                    "",
                    house.clock.instant(),
                    List.of(legs),
                    List.of()));
  }

  @Test
  void the_price_that_was_agreed_is_paid_though_the_plan_costs_more_by_then_and_is_not_sold() {
    RechargeOrder order = order("agreed", plan);
    Plan _ =
        house.site.write(
            tx -> plans.plans().change(tx, plan.id(), terms("pro", "19.99", plan.tokens())));
    Plan _ = house.site.write(tx -> plans.plans().sell(tx, plan.id(), false));
    callback(order, "one", "9.99");
    Subscription begun = subscription(order).orElseThrow();
    assertThat(begun.periodPrice()).isEqualTo(usd("9.99"));
    assertThat(balance(order)).isEqualTo(usd("0"));
    refused(ErrorCode.NOT_FOUND, () -> order("another", plan));
  }

  @Test
  void what_is_owed_is_paid_first_and_then_the_plan_does_not_begin() {
    RechargeOrder order = order("owing", plan);
    owe(order.user());
    callback(order, "one", "9.99");
    assertThat(subscription(order)).isEmpty();
    assertThat(balance(order)).isEqualTo(usd("8.99"));
    assertThat(house.cases(wing)).containsExactly("plan_not_begun");
  }

  @Test
  void what_cannot_be_sold_so_is_refused_before_anybody_pays() {
    refused(ErrorCode.NOT_FOUND, () -> create(request("nobody").forPlan(999_999)));
    refused(ErrorCode.CONFLICT, () -> order("nobody", plan("free", "0", 10)));
    refused(ErrorCode.CONFLICT, () -> order("nobody", plan("fine", "1.001", 10)));
    RechargeRequest other =
        RechargeRequest.of(house.tenantId(), "nobody", new BigDecimal("5"), "sandbox");
    refused(
        ErrorCode.CONFLICT,
        () ->
            create(
                new RechargeRequest(
                    other.tenant(),
                    other.externalId(),
                    other.amount(),
                    other.method(),
                    other.currency(),
                    other.orderId(),
                    other.idempotencyKey(),
                    other.subject(),
                    other.returnUrl(),
                    other.notifyUrl(),
                    other.clientIp(),
                    Optional.of(plan.id()))));
  }

  @Test
  void one_key_is_one_order_also_after_the_plan_began_and_of_another_plan_it_is_refused() {
    RechargeRequest asked = request("keyed").withKey(Optional.of("k")).forPlan(plan.id());
    RechargeOrder order = create(asked);
    callback(order, "one", "9.99");
    assertThat(create(asked).orderId()).isEqualTo(order.orderId());
    refused(
        ErrorCode.IDEMPOTENCY_CONFLICT, () -> create(asked.forPlan(plan("second", "1", 10).id())));
  }

  @Test
  void the_audit_sees_a_plan_that_was_paid_and_not_begun() throws Exception {
    RechargeOrder order = order("damaged", plan);
    callback(order, "one", "9.99");
    long id = subscription(order).orElseThrow().id();
    execute("UPDATE billing.recharge_order SET subscription_id = NULL");
    assertThat(house.audit()).anyMatch(finding -> finding.row().contains("of plan"));
    execute("UPDATE billing.recharge_order SET subscription_id = " + id);
    execute("UPDATE identity.tenant_user SET access_terms_id = NULL");
    assertThat(house.audit()).anyMatch(finding -> finding.row().startsWith("user"));
    execute(
        "UPDATE identity.tenant_user SET access_terms_id = " + plan.id() + " WHERE NOT is_root");
    execute("UPDATE identity.access_terms SET concurrent_max = 1");
    assertThat(house.audit()).anyMatch(finding -> finding.row().startsWith("plan"));
    execute("UPDATE identity.access_terms SET concurrent_max = NULL");
  }

  private void execute(String sql) throws Exception {
    try (Connection connection = house.site.database().owner().getConnection();
        Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate(sql)).isPositive();
    }
  }

  private Plan plan(String code, String price, long tokens) {
    return house.site.write(
        tx -> plans.plans().create(tx, house.tenantId(), code, terms(code, price, tokens)));
  }

  private static PlanOrder terms(String name, String price, long tokens) {
    return new PlanOrder(
        name,
        new BigDecimal(price),
        new PlanPeriod(PlanPeriod.Unit.MONTH, 1),
        tokens,
        0,
        AccessTerms.ALL);
  }

  private RechargeRequest request(String user) {
    return RechargeRequest.of(house.tenantId(), user, BigDecimal.ONE, "sandbox");
  }

  private RechargeOrder order(String user, Plan wanted) {
    return create(request(user).forPlan(wanted.id()));
  }

  private RechargeOrder create(RechargeRequest request) {
    return wing.orders().create(request);
  }

  private void callback(RechargeOrder order, String payment, String amount) {
    RechargeOrder _ =
        wing.orders()
            .callback(
                new RechargeCallback(
                    house.tenantId(), order.orderId(), payment, new BigDecimal(amount), true));
  }

  private RechargeOrder shown(RechargeOrder order) {
    return wing.orders().find(house.tenantId(), order.orderId()).orElseThrow();
  }

  private Optional<Subscription> subscription(RechargeOrder order) {
    return house.site.write(tx -> plans.subscriptions().of(tx, house.tenantId(), order.user()));
  }

  private long steps(Subscription begun) {
    return house.site.write(
        tx ->
            tx.sql()
                .fetchSingle(
                    "SELECT count(*) FROM billing.subscription_step WHERE subscription_id = ?",
                    begun.id())
                .get(0, Long.class));
  }

  private Amount balance(RechargeOrder order) {
    return house.site.write(
        tx ->
            new Amount(
                USD,
                house
                    .site
                    .ledger()
                    .find(
                        tx,
                        AccountKey.ofUser(house.tenantId(), order.user(), AccountKind.BALANCE, USD))
                    .map(account -> account.balance())
                    .orElse(0L)));
  }

  /** A dollar that was used beyond what the user had. */
  private void owe(UserId user) {
    boolean _ =
        house.site.write(
            tx -> {
              long dollar = usd("1").units();
              house.site.ledger().define(tx, USD);
              var owed =
                  house
                      .site
                      .ledger()
                      .open(
                          tx,
                          AccountKey.ofUser(house.tenantId(), user, AccountKind.OWED, USD),
                          AccountTerms.PLAIN);
              var revenue =
                  house
                      .site
                      .ledger()
                      .open(
                          tx,
                          AccountKey.ofTenant(house.tenantId(), AccountKind.REVENUE, USD),
                          AccountTerms.PLAIN);
              move(tx, "owed", new Leg(owed, -dollar), new Leg(revenue, dollar));
              return true;
            });
  }

  private static Amount usd(String text) {
    return Amount.parse(USD, text);
  }

  private static void refused(ErrorCode code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }
}

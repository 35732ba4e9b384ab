package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.billing.PlanPeriod.Unit;
import io.tollgate.billing.Subscription.State;
import io.tollgate.billing.Subscriptions.By;
import io.tollgate.billing.internal.crash.BillingStep;
import io.tollgate.billing.internal.crash.BillingSteps;
import io.tollgate.data.RecurringJob;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.identity.AccessTerms;
import io.tollgate.identity.AllowedModels;
import io.tollgate.identity.KeyRates;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import io.tollgate.ledger.Ledgers;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class SubscriptionsTest {
  private static final Duration GRACE = Duration.ofDays(3);

  private final House house = new House();
  private final SubscriptionsModule module = process();
  private final UserId user = house.user("u1").id();

  /** As another process has it. */
  private SubscriptionsModule process() {
    return process(BillingSteps.NONE);
  }

  private SubscriptionsModule process(BillingSteps steps) {
    return SubscriptionsModule.over(
        house.database.transactions(),
        house.ledger,
        house.identity,
        house.billing.standings(),
        GrantLimits.defaults(),
        GRACE,
        Duration.ofHours(1),
        Duration.ofSeconds(5),
        house.clock,
        new SimpleMeterRegistry(),
        steps);
  }

  @AfterEach
  void close() {
    assertThat(audit()).isEmpty();
    house.close();
  }

  @Test
  void a_plan_is_bought_from_the_balance_and_gives_its_quota_until_the_period_ends() {
    Plan plan = plan("pro", "20", Unit.MONTH, 1, 5000, 0);
    topUp("30");
    Subscription bought = buy(plan, "k");
    assertThat(bought.periodEndsAt()).isEqualTo(Instant.parse("2026-12-21T08:00:00Z"));
    assertThat(bought.state()).isEqualTo(State.ACTIVE);
    assertThat(balance()).isEqualTo(usd("10"));
    assertThat(tokens()).isEqualTo(5000);
    assertThat(buy(plan, "k")).isEqualTo(bought);
    refused(ErrorCode.CONFLICT, () -> buy(plan, "other"));
    refused(ErrorCode.IDEMPOTENCY_CONFLICT, () -> buy(plan("x", "1", Unit.DAY, 1, 1, 0), "k"));
    assertThat(balance()).isEqualTo(usd("10"));
    house.clock.set(bought.periodEndsAt());
    assertThat(tokens()).isZero();
  }

  @Test
  void the_audit_finds_steps_that_do_not_fit_the_books() {
    Plan plan = plan("pro", "20", Unit.MONTH, 1, 5000, 0);
    topUp("30");
    buy(plan, "k");
    for (String column : List.of("paid", "tokens")) {
      String change = "UPDATE billing.subscription_step SET " + column + " = " + column;
      house.owner(change + " + 1");
      assertThat(audit())
          .as(column)
          .singleElement()
          .satisfies(finding -> assertThat(finding.row()).startsWith("step 1 of subscription"));
      house.owner(change + " - 1");
    }
    house.owner("CREATE TABLE public.saved_step AS SELECT * FROM billing.subscription_step");
    house.owner("DELETE FROM billing.subscription_step");
    // the payment, the grant, and the number of steps
    assertThat(audit()).hasSize(3);
    house.owner("INSERT INTO billing.subscription_step SELECT * FROM public.saved_step");
  }

  @Test
  void without_the_means_nothing_is_bought() {
    Plan plan = plan("pro", "20", Unit.MONTH, 1, 5000, 0);
    topUp("19.999999999");
    refused(ErrorCode.INSUFFICIENT_MEANS, () -> buy(plan, "k"));
    assertThat(current()).isEmpty();
    topUp("0.000000001");
    assertThat(buy(plan, "k").state()).isEqualTo(State.ACTIVE);
    assertThat(balance()).isEqualTo(usd("0"));
  }

  @Test
  void fifty_purchases_at_once_are_one() throws Exception {
    Plan plan = plan("pro", "1", Unit.MONTH, 1, 10, 0);
    topUp("100");
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> all = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        all.add(threads.submit(() -> buy(plan, "same").id()));
      }
      for (Future<Long> one : all) {
        assertThat(one.get()).isEqualTo(current().orElseThrow().id());
      }
    }
    assertThat(balance()).isEqualTo(usd("99"));
    assertThat(tokens()).isEqualTo(10);
  }

  @Test
  void a_renewal_is_paid_once_however_many_processes_run_it() throws Exception {
    Plan plan = plan("pro", "1", Unit.MONTH, 1, 10, 0);
    topUp("100");
    Subscription bought = buy(plan, "k");
    house.clock.set(bought.periodEndsAt());
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        all.add(threads.submit(work(process())));
      }
      for (Future<?> one : all) {
        assertThat(one.get()).isNull();
      }
    }
    assertThat(balance()).isEqualTo(usd("98"));
    assertThat(tokens()).isEqualTo(10);
    assertThat(current().orElseThrow().periodEndsAt())
        .isEqualTo(Instant.parse("2027-01-21T08:00:00Z"));
  }

  @ParameterizedTest
  @EnumSource(names = {"RENEWAL_BOOKING", "RENEWAL_BOOKED"})
  void a_renewal_is_paid_once_when_the_process_dies_at(BillingStep step) {
    Plan plan = plan("pro", "1", Unit.MONTH, 1, 10, 0);
    topUp("100");
    Subscription bought = buy(plan, "k");
    house.clock.set(bought.periodEndsAt());
    SubscriptionsModule dying =
        process(
            at -> {
              if (at == step) {
                throw new Death();
              }
            });
    assertThatThrownBy(() -> work(dying).run()).isInstanceOf(Death.class);
    run();
    run();
    assertThat(balance()).isEqualTo(usd("98"));
    assertThat(tokens()).isEqualTo(10);
    assertThat(current().orElseThrow().periodStartsAt()).isEqualTo(bought.periodEndsAt());
  }

  @Test
  void what_the_user_may_ask_for_follows_the_plan_until_the_subscription_ends() {
    Plan plan = plan("small", "1", Unit.MONTH, 1, 10, 0);
    Plan bigger = plan("bigger", "2", Unit.MONTH, 1, 20, 0);
    limit(plan, "gpt-4o-mini", 3);
    limit(bigger, "gpt-*", 30);
    topUp("100");
    assertThat(allowed()).isEqualTo("none");
    Subscription _ = buy(plan, "k");
    assertThat(allowed()).isEqualTo("{gpt-4o-mini} 3");
    limit(plan, "gpt-4o", 4);
    assertThat(allowed()).as("the plan's terms changed").isEqualTo("{gpt-4o} 4");
    Subscription _ =
        module
            .subscriptions()
            .change(house.tenant.id(), user, bigger.id(), Optional.empty(), By.USER);
    assertThat(allowed()).isEqualTo("{gpt-*} 30");
    house.clock.set(current().orElseThrow().periodEndsAt());
    run();
    assertThat(allowed()).as("renewed").isEqualTo("{gpt-*} 30");
    Subscription _ =
        house.write(
            tx -> module.subscriptions().renew(tx, house.tenant.id(), user, false, By.USER));
    assertThat(allowed()).as("until its end").isEqualTo("{gpt-*} 30");
    house.clock.set(current().orElseThrow().periodEndsAt());
    run();
    assertThat(allowed()).isEqualTo("none");
  }

  @Test
  void each_step_is_told_with_what_was_taken_of_the_balance() {
    topUp("100");
    Subscription bought = buy(plan("told", "1.5", Unit.MONTH, 1, 10, 0), "k");
    List<String> events =
        house
            .database
            .transactions()
            .read(
                tx ->
                    tx.sql()
                        .fetch("SELECT type, payload::jsonb::text FROM data.outbox ORDER BY 1")
                        .map(row -> row.get(0) + " " + row.get(1)));
    assertThat(events)
        .anySatisfy(
            event ->
                assertThat(event)
                    .startsWith("balance.changed")
                    .contains("\"change\": -1.5")
                    .contains("subscription:" + bought.id()))
        .anySatisfy(
            event ->
                assertThat(event).startsWith("quota.updated").contains("\"quota_remaining\": 10"))
        .anySatisfy(
            event ->
                assertThat(event)
                    .startsWith("subscription.changed")
                    .contains("\"step\": \"bought\"")
                    .contains("\"plan_code\": \"told\""));
  }

  private void limit(Plan plan, String models, int requestsPerMinute) {
    Plan _ =
        house.write(
            tx ->
                module
                    .plans()
                    .change(
                        tx,
                        plan.id(),
                        new PlanOrder(
                            plan.name(),
                            plan.price().toDecimal(),
                            plan.period(),
                            plan.tokens(),
                            plan.windowDays(),
                            new AccessTerms(
                                AllowedModels.of(List.of(models)),
                                KeyRates.requests(OptionalInt.of(requestsPerMinute))))));
  }

  private String allowed() {
    return house
        .database
        .transactions()
        .read(
            tx ->
                String.valueOf(
                    tx.sql()
                        .fetchSingle(
                            "SELECT coalesce(t.models::text || ' ' || t.requests_per_minute, 'none')"
                                + " FROM identity.tenant_user u"
                                + " LEFT JOIN identity.access_terms t ON t.id = u.access_terms_id"
                                + " WHERE u.id = ?",
                            user.value())
                        .get(0)));
  }

  /** As if the process had ended: nothing that runs afterwards sees it. */
  private static final class Death extends Error {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void after_downtime_the_period_that_runs_is_paid_and_none_that_passed() {
    Plan plan = plan("daily", "1", Unit.DAY, 1, 10, 0);
    topUp("100");
    Subscription bought = buy(plan, "k");
    house.clock.advance(Duration.ofDays(5).plusHours(3));
    run();
    run();
    assertThat(balance()).isEqualTo(usd("98"));
    Subscription now = current().orElseThrow();
    assertThat(now.periodStartsAt()).isEqualTo(bought.periodStartsAt().plus(Duration.ofDays(5)));
    assertThat(now.periodEndsAt()).isEqualTo(bought.periodStartsAt().plus(Duration.ofDays(6)));
    assertThat(tokens()).isEqualTo(10);
  }

  @Test
  void months_keep_their_day_in_the_tenants_zone() {
    Plan plan = plan("pro", "1", Unit.MONTH, 1, 10, 0);
    topUp("100");
    // the 31st at noon in Shanghai
    house.clock.set(Instant.parse("2027-01-31T04:00:00Z"));
    assertThat(buy(plan, "k").periodEndsAt()).isEqualTo(Instant.parse("2027-02-28T04:00:00Z"));
    house.clock.set(Instant.parse("2027-02-28T04:00:00Z"));
    run();
    assertThat(current().orElseThrow().periodEndsAt())
        .isEqualTo(Instant.parse("2027-03-31T04:00:00Z"));
  }

  @Test
  void a_window_within_a_period_brings_its_quota_and_the_last_one_its_part() {
    Plan plan = plan("pro", "10", Unit.DAY, 10, 700, 7);
    topUp("10");
    Subscription bought = buy(plan, "k");
    assertThat(bought.windowEndsAt()).isEqualTo(House.START.plus(Duration.ofDays(7)));
    assertThat(tokens()).isEqualTo(700);
    house.clock.set(bought.windowEndsAt());
    assertThat(tokens()).isZero();
    run();
    run();
    assertThat(tokens()).isEqualTo(300);
    assertThat(current().orElseThrow().windowEndsAt()).isEqualTo(bought.periodEndsAt());
    assertThat(balance()).isEqualTo(usd("0"));
  }

  @Test
  void an_upgrade_costs_the_difference_for_the_rest_as_it_was_shown() {
    Plan small = plan("small", "10", Unit.DAY, 10, 1000, 0);
    Plan large = plan("large", "30", Unit.DAY, 10, 3000, 0);
    topUp("100");
    buy(small, "k");
    house.clock.advance(Duration.ofDays(4));
    SubscriptionChange shown = quote(large);
    assertThat(shown.immediate()).isTrue();
    assertThat(shown.due()).isEqualTo(usd("12"));
    assertThat(shown.tokens()).isEqualTo(1200);
    refused(ErrorCode.CONFLICT, () -> change(large, Optional.of(usd("11.999999999"))));
    Subscription changed = change(large, Optional.of(shown.due()));
    assertThat(changed.plan().id()).isEqualTo(large.id());
    assertThat(balance()).isEqualTo(usd("78"));
    assertThat(tokens()).isEqualTo(2200);
    // again: it has that plan
    change(large, Optional.empty());
    assertThat(balance()).isEqualTo(usd("78"));
    house.clock.set(changed.periodEndsAt());
    run();
    assertThat(balance()).isEqualTo(usd("48"));
    assertThat(tokens()).isEqualTo(3000);
  }

  @Test
  void a_cheaper_plan_begins_with_the_next_period_and_can_be_taken_back() {
    Plan small = plan("small", "10", Unit.DAY, 10, 1000, 0);
    Plan large = plan("large", "30", Unit.DAY, 10, 3000, 0);
    topUp("100");
    Subscription bought = buy(large, "k");
    assertThat(quote(small).immediate()).isFalse();
    assertThat(change(small, Optional.of(usd("0"))).nextPlan()).contains(small.id());
    assertThat(change(large, Optional.empty()).nextPlan()).isEmpty();
    change(small, Optional.empty());
    assertThat(balance()).isEqualTo(usd("70"));
    house.clock.set(bought.periodEndsAt());
    run();
    assertThat(balance()).isEqualTo(usd("60"));
    assertThat(current().orElseThrow().plan().code()).isEqualTo("small");
    assertThat(tokens()).isEqualTo(1000);
  }

  @Test
  void a_cancelled_one_ends_with_its_period_and_one_taken_back_goes_on() {
    Plan plan = plan("pro", "10", Unit.DAY, 10, 1000, 0);
    topUp("100");
    Subscription bought = buy(plan, "k");
    assertThat(renew(false).renews()).isFalse();
    assertThat(renew(true).renews()).isTrue();
    house.clock.set(bought.periodEndsAt());
    run();
    assertThat(balance()).isEqualTo(usd("80"));
    renew(false);
    run();
    assertThat(current().orElseThrow().state()).isEqualTo(State.ACTIVE);
    house.clock.advance(Duration.ofDays(10));
    run();
    assertThat(current()).isEmpty();
    assertThat(balance()).isEqualTo(usd("80"));
    // and another can be bought
    assertThat(buy(plan, "k2").state()).isEqualTo(State.ACTIVE);
  }

  @Test
  void one_whose_balance_is_short_waits_for_its_grace_and_goes_on_when_it_is_paid() {
    Plan plan = plan("pro", "10", Unit.DAY, 10, 1000, 0);
    topUp("15");
    Subscription bought = buy(plan, "k");
    house.clock.set(bought.periodEndsAt());
    run();
    Subscription waiting = current().orElseThrow();
    assertThat(waiting.state()).isEqualTo(State.GRACE);
    assertThat(waiting.graceEndsAt()).contains(bought.periodEndsAt().plus(GRACE));
    assertThat(tokens()).isZero();
    house.clock.advance(Duration.ofHours(2));
    run();
    topUp("5");
    house.clock.advance(Duration.ofHours(2));
    run();
    Subscription paid = current().orElseThrow();
    assertThat(paid.state()).isEqualTo(State.ACTIVE);
    assertThat(paid.periodStartsAt()).isEqualTo(bought.periodEndsAt());
    assertThat(balance()).isEqualTo(usd("0"));
    assertThat(tokens()).isEqualTo(1000);
  }

  @Test
  void one_that_is_not_paid_in_its_grace_ends_and_costs_nothing() {
    Plan plan = plan("pro", "10", Unit.DAY, 10, 1000, 0);
    topUp("15");
    Subscription bought = buy(plan, "k");
    house.clock.set(bought.periodEndsAt());
    run();
    house.clock.set(bought.periodEndsAt().plus(GRACE));
    run();
    assertThat(current()).isEmpty();
    assertThat(balance()).isEqualTo(usd("5"));
  }

  @Test
  void a_prolonged_one_gets_the_quota_of_the_days_and_renews_after_them() {
    Plan plan = plan("pro", "10", Unit.DAY, 10, 1000, 0);
    topUp("100");
    Subscription bought = buy(plan, "k");
    Subscription prolonged =
        house.write(tx -> module.subscriptions().prolong(tx, bought.id(), 5, By.USER));
    assertThat(prolonged.periodEndsAt()).isEqualTo(bought.periodEndsAt().plus(Duration.ofDays(5)));
    house.clock.set(bought.periodEndsAt());
    run();
    assertThat(tokens()).isEqualTo(500);
    assertThat(balance()).isEqualTo(usd("90"));
    house.clock.set(prolonged.periodEndsAt());
    run();
    assertThat(tokens()).isEqualTo(1000);
    assertThat(balance()).isEqualTo(usd("80"));
    assertThat(current().orElseThrow().periodEndsAt())
        .isEqualTo(prolonged.periodEndsAt().plus(Duration.ofDays(10)));
  }

  @Test
  void a_stopped_one_ends_at_once_and_gives_its_quota_back() {
    Plan plan = plan("pro", "10", Unit.DAY, 10, 1000, 0);
    topUp("100");
    Subscription bought = buy(plan, "k");
    Subscription stopped =
        house.write(tx -> module.subscriptions().stop(tx, bought.id(), new AdminId(1)));
    assertThat(stopped.state()).isEqualTo(State.ENDED);
    assertThat(tokens()).isZero();
    refused(
        ErrorCode.NOT_FOUND,
        () -> house.write(tx -> module.subscriptions().prolong(tx, bought.id(), 1, By.USER)));
  }

  @Test
  void another_tenants_plan_is_not_there_and_one_that_is_off_is_not_sold() {
    Plan plan = plan("pro", "0", Unit.DAY, 10, 1000, 0);
    house.run(tx -> assertThat(module.plans().sell(tx, plan.id(), false).selling()).isFalse());
    refused(ErrorCode.NOT_FOUND, () -> buy(plan, "k"));
    house.run(tx -> assertThat(module.plans().sell(tx, plan.id(), true).selling()).isTrue());
    refused(ErrorCode.CONFLICT, () -> plan("pro", "1", Unit.DAY, 1, 1, 0));
    // a plan that costs nothing is paid with nothing
    assertThat(buy(plan, "k").state()).isEqualTo(State.ACTIVE);
    assertThat(tokens()).isEqualTo(1000);
  }

  private Plan plan(String code, String price, Unit unit, int count, long tokens, int windowDays) {
    return house.write(
        tx ->
            module
                .plans()
                .create(
                    tx,
                    house.tenant.id(),
                    code,
                    new PlanOrder(
                        code,
                        new BigDecimal(price),
                        new PlanPeriod(unit, count),
                        tokens,
                        windowDays,
                        AccessTerms.ALL)));
  }

  private Subscription buy(Plan plan, String key) {
    return module.subscriptions().buy(house.tenant.id(), user, plan.id(), key, By.USER);
  }

  private SubscriptionChange quote(Plan plan) {
    return house.write(tx -> module.subscriptions().quote(tx, house.tenant.id(), user, plan.id()));
  }

  private Subscription change(Plan plan, Optional<Amount> max) {
    return module.subscriptions().change(house.tenant.id(), user, plan.id(), max, By.USER);
  }

  private Subscription renew(boolean renews) {
    return house.write(
        tx -> module.subscriptions().renew(tx, house.tenant.id(), user, renews, By.USER));
  }

  private Optional<Subscription> current() {
    return house.write(tx -> module.subscriptions().of(tx, house.tenant.id(), user));
  }

  private void run() {
    work(process()).run();
  }

  private static Runnable work(SubscriptionsModule module) {
    return module.offers().all(RecurringJob.class).getFirst().work();
  }

  private int tops;

  private void topUp(String amount) {
    house.move(
        AccountKey.world(house.tenant.id(), AccountKind.WORLD_PAYMENTS, House.USD),
        AccountKey.ofUser(house.tenant.id(), user, AccountKind.BALANCE, House.USD),
        usd(amount).units(),
        "top-" + tops++);
  }

  private Amount balance() {
    return new Amount(
        House.USD,
        house.accounts(user).stream()
            .filter(account -> account.key().kind() == AccountKind.BALANCE)
            .mapToLong(Account::balance)
            .sum());
  }

  private long tokens() {
    return house.accounts(user).stream()
        .filter(account -> account.key().asset().equals(Asset.TOKEN))
        .filter(account -> account.key().period().startsWith("plan:"))
        .mapToLong(Account::balance)
        .sum();
  }

  private List<AuditFinding> audit() {
    return Ledgers.audit(
            SubscriptionsModule.ENTRY.facts().all(io.tollgate.ledger.AuditCheck.class), List.of())
        .run(house.database.transactions(), AuditScope.WHOLE)
        .findings();
  }

  private static Amount usd(String amount) {
    return Amount.parse(House.USD, amount);
  }

  private static void refused(
      ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Refusal.class, r -> assertThat(r.code()).isEqualTo(code));
  }
}

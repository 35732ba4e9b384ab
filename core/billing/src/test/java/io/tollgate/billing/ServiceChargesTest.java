package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class ServiceChargesTest {
  private static final long UNIT = 1_000_000_000L;

  private final House house = new House();
  private final ServicesModule module = house.services();
  private final ServiceCharges charges = module.charges();

  @AfterEach
  void close() {
    module.close();
    assertThat(house.audit()).isEmpty();
    house.close();
  }

  @Test
  void a_user_never_seen_before_is_made_and_uses_the_free_quota() {
    ChargeReceipt receipt = charges.deduct(deduct("new", "passport", 3));
    assertThat(receipt.free()).isEqualTo(3);
    assertThat(receipt.amount().isZero()).isTrue();
    assertThat(quota("new", "passport")).isEqualTo(9_997);
  }

  @Test
  void what_is_not_free_is_paid_at_the_price_of_the_service() {
    UserId user = rich("u", 5 * UNIT);
    ChargeReceipt receipt = charges.deduct(deduct("u", "payment", 1_010));
    assertThat(receipt.free()).isEqualTo(1_000);
    assertThat(receipt.paid()).isEqualTo(10);
    assertThat(receipt.amount()).isEqualTo(usd("1"));
    assertThat(balance(user)).isEqualTo(4 * UNIT);
    assertThat(quota("u", "payment")).isZero();
  }

  @Test
  void of_a_cost_the_part_that_is_not_free_is_paid_rounded_once_to_even() {
    UserId user = rich("u", UNIT);
    charges.deduct(deduct("u", "payment", 998));
    // a third of 5 units, and a half of 1 unit to the even one below
    ChargeReceipt third = charges.deduct(deduct("u", "payment", 3, "0.000000005", "r1"));
    assertThat(third.paid()).isEqualTo(1);
    assertThat(third.amount().units()).isEqualTo(2);
    assertThat(balance(user)).isEqualTo(UNIT - 2);
  }

  @Test
  void tokens_need_a_cost_and_free_ones_come_first() {
    rich("u", UNIT);
    refused(() -> charges.deduct(deduct("u", "relay", 10)), ErrorCode.INVALID_REQUEST);
    ChargeReceipt receipt = charges.deduct(deduct("u", "relay", 1_500, "0.3", "r"));
    assertThat(receipt.free()).isEqualTo(1_000);
    assertThat(receipt.amount()).isEqualTo(usd("0.1"));
  }

  @Test
  void the_same_request_id_again_gets_the_first_answer_and_another_body_a_conflict() {
    ChargeReceipt first = charges.deduct(deduct("u", "passport", 3, "1", "r"));
    ChargeReceipt again = charges.deduct(deduct("u", "passport", 3, "1.00", "r"));
    assertThat(again.record()).isEqualTo(first.record());
    assertThat(again.repeated()).isTrue();
    refused(
        () -> charges.deduct(deduct("u", "passport", 4, "1", "r")), ErrorCode.IDEMPOTENCY_CONFLICT);
    refused(
        () -> charges.deduct(deduct("other", "passport", 3, "1", "r")),
        ErrorCode.IDEMPOTENCY_CONFLICT);
    assertThat(quota("u", "passport")).isEqualTo(9_997);
  }

  @Test
  void fifty_callers_with_one_request_id_are_charged_once_over_two_processes() throws Exception {
    try (ServicesModule second = house.services()) {
      List<Callable<ChargeId>> calls = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        ServiceCharges one = i % 2 == 0 ? charges : second.charges();
        calls.add(() -> one.deduct(deduct("u", "passport", 7, Optional.empty(), "r")).record());
      }
      assertThat(all(calls).stream().distinct()).hasSize(1);
    }
    assertThat(quota("u", "passport")).isEqualTo(9_993);
  }

  @Test
  void two_hundred_callers_never_take_more_than_there_is() throws Exception {
    UserId user = rich("u", UNIT);
    charges.deduct(deduct("u", "payment", 990));
    try (ServicesModule second = house.services()) {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        ServiceCharges one = i % 2 == 0 ? charges : second.charges();
        calls.add(() -> succeeds(() -> one.deduct(deduct("u", "payment", 1))));
      }
      // ten are free and ten are paid with what there is
      assertThat(all(calls).stream().filter(done -> done)).hasSize(20);
    }
    assertThat(balance(user)).isZero();
    assertThat(quota("u", "payment")).isZero();
  }

  @Test
  void without_means_it_is_refused_and_nothing_changes() {
    UserId user = rich("u", UNIT / 20);
    charges.deduct(deduct("u", "payment", 999));
    refused(() -> charges.deduct(deduct("u", "payment", 2)), ErrorCode.INSUFFICIENT_MEANS);
    assertThat(quota("u", "payment")).isEqualTo(1);
    assertThat(balance(user)).isEqualTo(UNIT / 20);
    assertThat(charges.check(check("u", "payment", 2, null))).isEqualTo(QuotaAnswer.INSUFFICIENT);
    assertThat(charges.check(check("u", "payment", 1, null))).isEqualTo(QuotaAnswer.FREE);
  }

  @Test
  void a_refused_request_id_may_be_used_again_after_a_top_up() {
    UserId user = house.user("u").id();
    charges.deduct(deduct("u", "payment", 1_000));
    refused(
        () -> charges.deduct(deduct("u", "payment", 1, Optional.empty(), "r")),
        ErrorCode.INSUFFICIENT_MEANS);
    house.pay(user, UNIT, "p");
    assertThat(charges.deduct(deduct("u", "payment", 1, Optional.empty(), "r")).amount())
        .isEqualTo(usd("0.1"));
  }

  @Test
  void a_check_with_a_request_id_reserves_until_its_deduct_comes() {
    UserId user = rich("u", UNIT);
    charges.deduct(deduct("u", "payment", 1_000));
    assertThat(charges.check(check("u", "payment", 8, "r"))).isEqualTo(QuotaAnswer.BALANCE);
    assertThat(charges.check(check("u", "payment", 8, "r"))).isEqualTo(QuotaAnswer.BALANCE);
    refused(() -> charges.check(check("u", "payment", 9, "r")), ErrorCode.IDEMPOTENCY_CONFLICT);
    // two of ten are left for others
    refused(() -> charges.deduct(deduct("u", "payment", 3)), ErrorCode.INSUFFICIENT_MEANS);
    assertThat(charges.deduct(deduct("u", "payment", 8, Optional.empty(), "r")).amount())
        .isEqualTo(usd("0.8"));
    charges.deduct(deduct("u", "payment", 2));
    assertThat(balance(user)).isZero();
    assertThat(charges.check(check("u", "payment", 8, "r"))).isEqualTo(QuotaAnswer.BALANCE);
  }

  @Test
  void a_check_that_reserves_nothing_waits_for_nobody_who_writes() {
    UserId user = rich("u", UNIT);
    charges.deduct(deduct("u", "payment", 1_000));
    house.run(
        tx -> {
          var unused = house.ledger.lockOfUser(tx, house.tenant.id(), user);
          QuotaAnswer answer =
              CompletableFuture.supplyAsync(() -> charges.check(check("u", "payment", 8, null)))
                  .join();
          assertThat(answer).isEqualTo(QuotaAnswer.BALANCE);
        });
    charges.deduct(deduct("u", "payment", 8));
    // what is answered is in the books, and the next check is told of it
    assertThat(charges.check(check("u", "payment", 3, null))).isEqualTo(QuotaAnswer.INSUFFICIENT);
    assertThat(charges.check(check("u", "payment", 2, null))).isEqualTo(QuotaAnswer.BALANCE);
  }

  @Test
  void a_reservation_lapses_after_ten_minutes() {
    rich("u", UNIT);
    charges.deduct(deduct("u", "payment", 1_000));
    assertThat(charges.check(check("u", "payment", 8, "r"))).isEqualTo(QuotaAnswer.BALANCE);
    house.clock.advance(Duration.ofMinutes(10).minusNanos(1_000));
    refused(() -> charges.deduct(deduct("u", "payment", 3)), ErrorCode.INSUFFICIENT_MEANS);
    house.clock.advance(Duration.ofNanos(1_000));
    assertThat(charges.deduct(deduct("u", "payment", 3)).amount()).isEqualTo(usd("0.3"));
    assertThat(charges.check(check("u", "payment", 7, "r"))).isEqualTo(QuotaAnswer.BALANCE);
  }

  @Test
  void a_check_and_its_deduct_at_once_leave_nothing_reserved() throws Exception {
    UserId user = rich("u", 40 * UNIT);
    charges.deduct(deduct("u", "payment", 1_000));
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String request = "r" + i / 2;
      boolean checks = i % 2 == 0;
      calls.add(
          () -> {
            if (checks) {
              return charges.check(check("u", "payment", 1, request)).allowed();
            }
            return charges.deduct(deduct("u", "payment", 1, Optional.empty(), request)).record()
                != null;
          });
    }
    assertThat(all(calls)).doesNotContain(false);
    assertThat(balance(user)).isEqualTo(37 * UNIT);
    assertThat(house.accounts(user)).allSatisfy(a -> assertThat(a.held()).isZero());
  }

  @Test
  void a_refund_gives_back_to_where_it_was_taken_from_once() {
    UserId user = rich("u", UNIT);
    ChargeReceipt receipt = charges.deduct(deduct("u", "payment", 1_005));
    ServiceRefund refund = new ServiceRefund(house.tenant.id(), receipt.record(), "broken");
    charges.refund(refund);
    charges.refund(refund);
    assertThat(balance(user)).isEqualTo(UNIT);
    assertThat(quota("u", "payment")).isEqualTo(1_000);
    refused(
        () -> charges.refund(new ServiceRefund(house.tenant.id(), receipt.record(), "other")),
        ErrorCode.CONFLICT);
    ChargeId unknown = ChargeId.parse("018f0000-0000-7000-8000-000000000000");
    refused(
        () -> charges.refund(new ServiceRefund(house.tenant.id(), unknown, "")),
        ErrorCode.NOT_FOUND);
  }

  @Test
  void a_refund_tells_of_money_and_of_quota_that_came_back() {
    rich("u", UNIT);
    ChargeReceipt receipt = charges.deduct(deduct("u", "payment", 1_005));
    int before = events().size();
    charges.refund(new ServiceRefund(house.tenant.id(), receipt.record(), "broken"));
    List<String> told = events().subList(before, events().size());
    assertThat(told).hasSize(2);
    assertThat(told.getFirst()).startsWith("balance.changed").contains("\"refund\"");
    assertThat(told.getLast())
        .startsWith("quota.updated")
        .contains("\"quota_limit\": 1000", "\"quota_used\": 0", "\"service_name\": \"payment\"");
    ChargeReceipt free = charges.deduct(deduct("u", "passport", 5));
    house.clock.advance(Duration.ofDays(20));
    int then = events().size();
    charges.refund(new ServiceRefund(house.tenant.id(), free.record(), ""));
    assertThat(events()).hasSize(then);
  }

  private List<String> events() {
    return house.write(
        tx ->
            tx.sql()
                .fetch("SELECT type || ' ' || payload::jsonb FROM data.outbox ORDER BY id")
                .map(row -> String.valueOf(row.get(0))));
  }

  @Test
  void fifty_refunds_at_once_give_back_once() throws Exception {
    UserId user = rich("u", UNIT);
    charges.deduct(deduct("u", "payment", 1_000));
    ChargeReceipt receipt = charges.deduct(deduct("u", "payment", 5));
    List<Callable<ChargeId>> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(
          () ->
              charges.refund(new ServiceRefund(house.tenant.id(), receipt.record(), "")).record());
    }
    assertThat(all(calls)).hasSize(50);
    assertThat(balance(user)).isEqualTo(UNIT);
  }

  @Test
  void quota_that_has_ended_is_given_back_and_ends_again() {
    ChargeReceipt receipt = charges.deduct(deduct("u", "passport", 5));
    house.clock.advance(Duration.ofDays(20));
    charges.refund(new ServiceRefund(house.tenant.id(), receipt.record(), ""));
    house.run(tx -> assertThat(house.ledger.expireGrants(tx, house.clock.instant())).isPositive());
    assertThat(charges.deduct(deduct("u", "passport", 1)).free()).isEqualTo(1);
    assertThat(quota("u", "passport")).isEqualTo(9_999);
  }

  @Test
  void what_is_owed_is_not_spent_on_calls() {
    UserId user = rich("u", UNIT);
    house.owe(user, UNIT / 2, "o");
    charges.deduct(deduct("u", "payment", 1_000));
    refused(() -> charges.deduct(deduct("u", "payment", 6)), ErrorCode.INSUFFICIENT_MEANS);
    assertThat(charges.deduct(deduct("u", "payment", 5)).amount()).isEqualTo(usd("0.5"));
  }

  @Test
  void counts_and_costs_at_their_bounds() {
    rich("u", UNIT);
    for (long count : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE}) {
      refused(() -> charges.deduct(deduct("u", "passport", count)), ErrorCode.INVALID_REQUEST);
    }
    for (String cost : List.of("-0.1", "0.000000000001", "9223372036854775808", "1e60")) {
      refused(
          () -> charges.deduct(deduct("u", "relay", 5, cost, "c" + cost)),
          ErrorCode.INVALID_REQUEST);
    }
    refused(
        () -> charges.deduct(deduct("u", "payment", ServiceCall.COUNT_MAX)),
        ErrorCode.INVALID_REQUEST);
    refused(() -> charges.deduct(deduct("u", "nothing", 1)), ErrorCode.SERVICE_NOT_FOUND);
    refused(() -> charges.deduct(deduct("no such", "passport", 1)), ErrorCode.INVALID_REQUEST);
    refused(
        () -> charges.deduct(deduct("u", "passport", 1, Optional.empty(), "x".repeat(129))),
        ErrorCode.INVALID_REQUEST);
    assertThat(charges.deduct(deduct("u", "relay", 1_001, "0", "free")).amount().isZero()).isTrue();
  }

  @Test
  void one_who_is_refused_does_not_fail_those_beside() throws Exception {
    List<Callable<Boolean>> calls = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String service = i % 3 == 0 ? "nothing" : "passport";
      String user = i % 3 == 1 ? "not a user" : "u" + i;
      calls.add(() -> succeeds(() -> charges.deduct(deduct(user, service, 1))));
    }
    assertThat(all(calls).stream().filter(done -> done)).hasSize(20);
  }

  @Test
  void prices_and_quotas_change_at_their_moment_and_new_services_begin() {
    UserId user = rich("u", UNIT);
    charges.deduct(deduct("u", "payment", 1_000));
    set("payment", "0.5", 5, Duration.ofHours(1));
    set("ocr", "0.25", 1, Duration.ZERO);
    assertThat(charges.deduct(deduct("u", "payment", 1)).amount()).isEqualTo(usd("0.1"));
    house.clock.advance(Duration.ofHours(1));
    assertThat(charges.deduct(deduct("u", "payment", 1)).amount()).isEqualTo(usd("0.5"));
    assertThat(charges.deduct(deduct("u", "ocr", 2)).amount()).isEqualTo(usd("0.25"));
    assertThat(balance(user)).isEqualTo(150_000_000L);
    refused(() -> set("payment", "0.5", 5, Duration.ofHours(-1)), ErrorCode.INVALID_REQUEST);
    refused(() -> set("relay", "0.5", 5, Duration.ZERO), ErrorCode.INVALID_REQUEST);
  }

  private void set(String service, String price, long free, Duration from) {
    house.run(
        tx ->
            module
                .services()
                .add(
                    tx,
                    house.tenant,
                    new ServiceDraft(
                        service,
                        new BigDecimal(price),
                        free,
                        Optional.of(house.clock.instant().plus(from))),
                    new AdminId(1)));
  }

  private UserId rich(String name, long nanos) {
    UserId user = house.user(name).id();
    house.pay(user, nanos, "pay-" + name);
    return user;
  }

  private long balance(UserId user) {
    return house.accounts(user).stream()
        .filter(a -> a.key().kind() == AccountKind.BALANCE)
        .mapToLong(Account::balance)
        .sum();
  }

  private long quota(String name, String service) {
    UserId user = house.user(name).id();
    return house.accounts(user).stream()
        .filter(a -> a.key().kind() == AccountKind.GRANT)
        .filter(a -> a.key().asset().equals(Asset.calls(service)))
        .mapToLong(Account::available)
        .sum();
  }

  private ServiceDeduct deduct(String user, String service, long count) {
    return new ServiceDeduct(
        house.tenant.id(), user, service, count, Optional.empty(), Optional.empty());
  }

  private ServiceDeduct deduct(
      String user, String service, long count, String cost, String request) {
    return deduct(user, service, count, Optional.of(new BigDecimal(cost)), request);
  }

  private ServiceDeduct deduct(
      String user, String service, long count, Optional<BigDecimal> cost, String request) {
    return new ServiceDeduct(house.tenant.id(), user, service, count, cost, Optional.of(request));
  }

  private QuotaCheck check(String user, String service, long count, @Nullable String request) {
    return new QuotaCheck(house.tenant.id(), user, service, count, Optional.ofNullable(request));
  }

  private static Amount usd(String amount) {
    return Amount.parse(House.USD, amount);
  }

  private static boolean succeeds(Callable<?> call) throws Exception {
    try {
      return call.call() != null;
    } catch (Refusal e) {
      return false;
    }
  }

  private static void refused(ThrowingCallable call, ErrorCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(Refusal.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static <T> List<T> all(List<Callable<T>> calls) throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> answers = new ArrayList<>();
      for (Future<T> call : threads.invokeAll(calls)) {
        answers.add(call.get());
      }
      return answers;
    }
  }
}

package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.metering.SpendLimit;
import io.tollgate.metering.SpendLimit.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Services' charges under spend limits; a call of payment that is not free costs 0.1. */
@Tag("slow")
class ChargesUnderLimitsTest {
  private static final long UNIT = 1_000_000_000L;

  private final LimitedHouse limited = new LimitedHouse();
  private final House house = limited.house;
  private final ServicesModule module = house.services();
  private final ServiceCharges charges = module.charges();
  private UserId user = new UserId(1);

  @BeforeEach
  void the_free_calls_are_used_up() {
    user = paying("u");
  }

  @AfterEach
  void close() {
    module.close();
    try {
      assertThat(house.audit()).isEmpty();
    } finally {
      limited.close();
    }
  }

  @Test
  void what_a_deduct_costs_counts_under_the_limits_of_the_user_and_of_the_tenant() {
    var ofUser = limited.set(Scope.USER, user, SpendSpan.DAY, "1");
    var ofTenant = limited.setForTenant(SpendSpan.MONTH, "5");
    charges.deduct(deduct("u", 3, null));
    assertThat(limited.standing(ofUser.id()).remaining().toPlainString()).isEqualTo("0.7");
    assertThat(limited.standing(ofTenant.id()).remaining().toPlainString()).isEqualTo("4.7");
  }

  @Test
  void limits_of_keys_are_left_alone_as_no_key_has_part_in_a_deduct() {
    var ofKey = limited.setForKey(limited.key(user), SpendSpan.TOTAL, "0");
    charges.deduct(deduct("u", 3, null));
    assertThat(limited.standing(ofKey.id()).remaining().isZero()).isTrue();
  }

  @Test
  void a_deduct_beyond_a_limit_is_refused_and_changes_nothing() {
    var limit = limited.set(Scope.USER, user, SpendSpan.TOTAL, "0.25");
    Refusal refusal = refused(() -> charges.deduct(deduct("u", 3, "r")));
    assertThat(refusal).hasMessageContaining("what the user may still spend");
    assertThat(limited.standing(limit.id()).remaining().toPlainString()).isEqualTo("0.25");
    assertThat(check("u", 3, null)).isEqualTo(QuotaAnswer.LIMITED);
    assertThat(check("u", 2, null)).isEqualTo(QuotaAnswer.BALANCE);
    limited.set(Scope.USER, user, SpendSpan.TOTAL, "0.3");
    assertThat(charges.deduct(deduct("u", 3, "r")).paid()).isEqualTo(3);
    assertThat(charges.deduct(deduct("u", 3, "r")).repeated()).isTrue();
  }

  @Test
  void free_calls_do_not_count_and_an_amount_of_nothing_lets_them_through() {
    limited.set(Scope.USER, house.user("new").id(), SpendSpan.TOTAL, "0");
    assertThat(charges.deduct(deduct("new", 1_000, null)).free()).isEqualTo(1_000);
    refused(() -> charges.deduct(deduct("new", 1, null)));
  }

  @Test
  void two_hundred_callers_of_two_processes_never_spend_more_than_the_limits_leave()
      throws Exception {
    UserId other = paying("o");
    var ofUser = limited.set(Scope.USER, user, SpendSpan.DAY, "1.5");
    var ofTenant = limited.setForTenant(SpendSpan.MONTH, "4");
    List<Callable<Boolean>> calls = new ArrayList<>();
    try (ServicesModule second = house.services()) {
      for (int i = 0; i < 200; i++) {
        ServiceCharges one = i % 2 == 0 ? charges : second.charges();
        String name = i % 4 < 2 ? "u" : "o";
        calls.add(() -> succeeds(() -> one.deduct(deduct(name, 1, null))));
      }
      assertThat(all(calls).stream().filter(done -> done)).hasSize(40);
    }
    assertThat(limited.standing(ofTenant.id()).remaining().isZero()).isTrue();
    assertThat(spent(user) + spent(other)).isEqualTo(4 * UNIT);
    assertThat(spent(user)).isLessThanOrEqualTo(3 * UNIT / 2);
    assertThat(limited.standing(ofUser.id()).remaining().units())
        .isEqualTo(3 * UNIT / 2 - spent(user));
  }

  @Test
  void a_check_that_reserves_takes_room_of_the_limit_until_it_lapses() {
    AccountId allowance = limitOf(Scope.USER, "1");
    assertThat(check("u", 8, "r")).isEqualTo(QuotaAnswer.BALANCE);
    refused(() -> charges.deduct(deduct("u", 3, null)));
    charges.deduct(deduct("u", 2, null));
    assertThat(charges.deduct(deduct("u", 8, "r")).paid()).isEqualTo(8);
    assertThat(limited.account(allowance).balance()).isZero();
    limited.set(Scope.USER, user, SpendSpan.TOTAL, "2");
    assertThat(check("u", 10, "s")).isEqualTo(QuotaAnswer.BALANCE);
    house.clock.advance(Duration.ofMinutes(10));
    assertThat(charges.deduct(deduct("u", 10, null)).paid()).isEqualTo(10);
    assertThat(limited.account(allowance).held()).isZero();
  }

  @Test
  void the_amount_is_there_anew_with_the_tenants_next_day() {
    limited.set(Scope.USER, user, SpendSpan.DAY, "0.2");
    charges.deduct(deduct("u", 2, null));
    refused(() -> charges.deduct(deduct("u", 1, null)));
    // Shanghai's midnight is at 16:00
    house.clock.advance(Duration.ofHours(8).minusNanos(1_000));
    refused(() -> charges.deduct(deduct("u", 1, null)));
    house.clock.advance(Duration.ofNanos(1_000));
    charges.deduct(deduct("u", 2, null));
    refused(() -> charges.deduct(deduct("u", 1, null)));
  }

  @Test
  void a_refund_gives_room_back_while_the_window_is_open_and_not_after() {
    var ofDay = limited.set(Scope.USER, user, SpendSpan.DAY, "1");
    var total = limited.set(Scope.USER, user, SpendSpan.TOTAL, "10");
    ChargeId first = charges.deduct(deduct("u", 5, null)).record();
    ChargeId second = charges.deduct(deduct("u", 5, null)).record();
    refund(first);
    refund(first);
    assertThat(limited.standing(ofDay.id()).remaining().toPlainString()).isEqualTo("0.5");
    assertThat(limited.standing(total.id()).remaining().toPlainString()).isEqualTo("9.5");
    house.clock.advance(Duration.ofHours(8));
    refund(second);
    assertThat(limited.standing(ofDay.id()).remaining().toPlainString()).isEqualTo("1");
    assertThat(limited.standing(total.id()).remaining().toPlainString()).isEqualTo("10");
  }

  @Test
  void what_is_given_back_under_a_limit_that_was_lowered_may_not_be_spent_again() {
    limited.set(Scope.USER, user, SpendSpan.TOTAL, "1");
    ChargeId first = charges.deduct(deduct("u", 4, null)).record();
    charges.deduct(deduct("u", 4, null));
    limited.set(Scope.USER, user, SpendSpan.TOTAL, "0.5");
    refund(first);
    // 0.4 are spent now, of 0.5
    refused(() -> charges.deduct(deduct("u", 2, null)));
    charges.deduct(deduct("u", 1, null));
    refused(() -> charges.deduct(deduct("u", 1, null)));
  }

  @Test
  void the_audit_misses_a_limit_that_a_charge_does_not_name() {
    limited.set(Scope.USER, user, SpendSpan.TOTAL, "1");
    ChargeId charge = charges.deduct(deduct("u", 4, null)).record();
    limited.owner(
        "UPDATE billing.service_charge SET limit_accounts = '{}' WHERE id = '" + charge + "'");
    List<AuditFinding> findings = house.audit();
    assertThat(findings).extracting(AuditFinding::check).containsOnly("billing.service_charges");
    assertThat(findings.getFirst().row()).isEqualTo("charge " + charge);
    limited.owner(
        "UPDATE billing.service_charge c SET limit_accounts = (SELECT array_agg(e.account_id)"
            + " FROM ledger.entry e JOIN ledger.account a ON a.id = e.account_id AND a.shard = 0"
            + " WHERE e.charge_id = c.id AND a.kind = 'limit') WHERE id = '"
            + charge
            + "'");
  }

  private UserId paying(String name) {
    UserId id = house.user(name).id();
    house.pay(id, 100 * UNIT, "pay-" + name);
    charges.deduct(deduct(name, 1_000, null));
    return id;
  }

  private AccountId limitOf(Scope scope, String amount) {
    limited.set(scope, user, SpendSpan.TOTAL, amount);
    List<SpendLimit> limits = limited.under(user);
    assertThat(limits).hasSize(1);
    return limits.getFirst().account();
  }

  private long spent(UserId id) {
    return 100 * UNIT
        - house.accounts(id).stream()
            .filter(account -> account.key().asset().equals(House.USD))
            .mapToLong(account -> account.balance())
            .sum();
  }

  private void refund(ChargeId record) {
    charges.refund(new ServiceRefund(house.tenant.id(), record, "nothing delivered"));
  }

  private QuotaAnswer check(String name, long count, @Nullable String request) {
    return charges.check(
        new QuotaCheck(house.tenant.id(), name, "payment", count, Optional.ofNullable(request)));
  }

  private ServiceDeduct deduct(String name, long count, @Nullable String request) {
    return new ServiceDeduct(
        house.tenant.id(), name, "payment", count, Optional.empty(), Optional.ofNullable(request));
  }

  private static Refusal refused(ThrowingCallable call) {
    Refusal[] refusal = new Refusal[1];
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Refusal.class,
            thrown -> {
              assertThat(thrown.code()).isEqualTo(ErrorCode.INSUFFICIENT_MEANS);
              refusal[0] = thrown;
            });
    return refusal[0];
  }

  private static boolean succeeds(Callable<?> call) throws Exception {
    try {
      var _ = call.call();
      return true;
    } catch (Refusal e) {
      return false;
    }
  }

  private static <T> List<T> all(List<Callable<T>> calls) throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<T> results = new ArrayList<>();
      for (Future<T> each : callers.invokeAll(calls)) {
        results.add(each.get());
      }
      return results;
    }
  }
}

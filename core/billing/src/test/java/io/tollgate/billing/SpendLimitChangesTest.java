package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.RecurringJob;
import io.tollgate.ground.AccountId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.metering.SpendLimit;
import io.tollgate.metering.SpendLimit.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A limit that is changed while its window is open. */
@Tag("slow")
class SpendLimitChangesTest {
  private final LimitedHouse limited = new LimitedHouse();
  private final House house = limited.house;
  private final UserId user = house.user("u1").id();

  @AfterEach
  void close() {
    limited.close();
  }

  @Test
  void a_raised_limit_gives_the_difference_with_the_change() {
    long id = limited.set(Scope.USER, user, SpendSpan.DAY, "10").id();
    AccountId account = limited.only(user);
    limited.spend(account, "4");

    SpendLimitStanding raised = limited.set(Scope.USER, user, SpendSpan.DAY, "15");

    assertThat(raised.id()).isEqualTo(id);
    assertThat(raised.remaining()).isEqualTo(Amount.parse(House.USD, "11"));
    assertThat(limited.left(account)).isEqualTo("11");
    assertThat(limited.only(user)).isEqualTo(account);
    assertThat(limited.allotted(account)).isEqualTo(2);
  }

  @Test
  void a_limit_set_to_the_same_again_changes_nothing() {
    SpendLimitStanding first = limited.set(Scope.USER, user, SpendSpan.DAY, "10");
    AccountId account = limited.only(user);
    house.clock.set(House.START.plusSeconds(60));

    assertThat(limited.set(Scope.USER, user, SpendSpan.DAY, "10.00")).isEqualTo(first);
    assertThat(limited.allotted(account)).isOne();
  }

  @Test
  void a_limit_lowered_below_what_was_spent_leaves_nothing() {
    limited.set(Scope.USER, user, SpendSpan.DAY, "10");
    AccountId account = limited.only(user);
    limited.spend(account, "4");

    limited.set(Scope.USER, user, SpendSpan.DAY, "3");
    assertThat(limited.left(account)).isEqualTo("0");
    limited.set(Scope.USER, user, SpendSpan.DAY, "0");
    assertThat(limited.left(account)).isEqualTo("0");
    limited.set(Scope.USER, user, SpendSpan.DAY, "6");
    assertThat(limited.left(account)).isEqualTo("2");
  }

  @Test
  void a_limit_lowered_raised_and_lowered_again_is_posted_each_time() {
    limited.set(Scope.USER, user, SpendSpan.DAY, "10");
    AccountId account = limited.only(user);
    for (int i = 0; i < 3; i++) {
      limited.set(Scope.USER, user, SpendSpan.DAY, "5");
      assertThat(limited.left(account)).isEqualTo("5");
      limited.set(Scope.USER, user, SpendSpan.DAY, "10");
      assertThat(limited.left(account)).isEqualTo("10");
    }
    assertThat(limited.allotted(account)).isEqualTo(7);
  }

  @Test
  void of_a_limit_lowered_while_leased_the_rest_is_taken_back_as_it_comes_back() {
    long id = limited.set(Scope.USER, user, SpendSpan.DAY, "10").id();
    AccountId account = limited.only(user);
    limited.spend(account, "1");
    UUID first = limited.hold(account, "4");
    UUID second = limited.hold(account, "3");

    limited.set(Scope.USER, user, SpendSpan.DAY, "2");

    // 7 are leased; none is free, though 8 too many were given
    assertThat(limited.account(account).available()).isZero();
    assertThat(limited.standing(id).remaining()).isEqualTo(Amount.parse(House.USD, "7"));
    limited.release(first);
    assertThat(limited.only(user)).isEqualTo(account);
    assertThat(limited.left(account)).isEqualTo("3");
    limited.release(second);
    house.billing.offers().all(RecurringJob.class).forEach(job -> job.work().run());
    assertThat(limited.left(account)).isEqualTo("1");
    house.billing.offers().all(RecurringJob.class).forEach(job -> job.work().run());
    assertThat(limited.left(account)).isEqualTo("1");
  }

  @Test
  void what_is_spent_from_leases_after_a_limit_was_lowered_counts() {
    limited.set(Scope.USER, user, SpendSpan.DAY, "10");
    AccountId account = limited.only(user);
    UUID hold = limited.hold(account, "10");
    limited.set(Scope.USER, user, SpendSpan.DAY, "2");
    limited.release(hold);
    limited.spend(account, "6");

    assertThat(limited.only(user)).isEqualTo(account);
    assertThat(limited.left(account)).isEqualTo("0");
    limited.set(Scope.USER, user, SpendSpan.DAY, "8");
    assertThat(limited.left(account)).isEqualTo("2");
  }

  @Test
  void what_was_spent_is_known_when_a_limit_is_deleted_and_set_again() {
    SpendLimitStanding first = limited.set(Scope.USER, user, SpendSpan.DAY, "10");
    AccountId account = limited.only(user);
    limited.spend(account, "4");
    UUID hold = limited.hold(account, "1");

    limited.remove(first.id());

    assertThat(limited.under(user)).isEmpty();
    assertThat(limited.left(account)).isEqualTo("1");
    limited.release(hold);
    SpendLimitStanding second = limited.set(Scope.USER, user, SpendSpan.DAY, "7");
    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(second.remaining()).isEqualTo(Amount.parse(House.USD, "3"));
    assertThat(limited.only(user)).isEqualTo(account);
    assertThat(limited.left(account)).isEqualTo("3");
  }

  @Test
  void a_limit_deleted_before_anybody_asked_leaves_nothing_behind() {
    long id = limited.set(Scope.USER, user, SpendSpan.DAY, "10").id();
    limited.remove(id);
    assertThat(limited.under(user)).isEmpty();
    house.billing.offers().all(RecurringJob.class).forEach(job -> job.work().run());
  }

  @Test
  void a_limit_of_nothing_is_an_allowance_of_nothing() {
    limited.set(Scope.USER, user, SpendSpan.DAY, "0");
    AccountId account = limited.only(user);
    assertThat(limited.left(account)).isEqualTo("0");
    assertThat(limited.allotted(account)).isZero();
    limited.set(Scope.USER, user, SpendSpan.DAY, "1");
    assertThat(limited.left(account)).isEqualTo("1");
  }

  @Test
  void the_greatest_amount_there_is_can_be_allowed_and_taken_back() {
    limited.set(Scope.USER, user, SpendSpan.DAY, "9223372036.854775807");
    AccountId account = limited.only(user);
    limited.spend(account, "1");
    limited.set(Scope.USER, user, SpendSpan.DAY, "1.5");
    assertThat(limited.left(account)).isEqualTo("0.5");
  }

  @Test
  void the_audit_names_a_window_that_the_books_do_not_know() {
    limited.set(Scope.USER, user, SpendSpan.DAY, "10");
    assertThat(limited.only(user)).isNotNull();
    limited.set(Scope.USER, user, SpendSpan.DAY, "5");
    for (String damage : List.of("granted = granted + 1", "transfers = transfers + 1")) {
      limited.owner("UPDATE billing.spend_window SET " + damage);
      assertThat(limited.audit())
          .extracting(AuditFinding::check)
          .containsExactly("billing.spend_windows");
      limited.owner("UPDATE billing.spend_window SET " + damage.replace('+', '-'));
    }
    limited.owner("UPDATE billing.spend_window SET transfers = transfers - 1");
    assertThat(limited.audit()).hasSize(1);
    limited.owner("UPDATE billing.spend_window SET transfers = transfers + 1");
  }

  /** Whoever reads at the same time as somebody changes: in the end the last amount applies. */
  @Test
  void readers_and_changes_at_once_end_with_the_last_amount() throws Exception {
    SplittableRandom random = new SplittableRandom(7);
    List<UserId> users = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      users.add(house.user("busy-" + i).id());
    }
    SequencedMap<UserOfTenant, Instant> asked = new LinkedHashMap<>();
    users.forEach(one -> asked.put(new UserOfTenant(limited.tenant, one), House.START));
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> calls = new ArrayList<>();
      for (int reader = 0; reader < 3; reader++) {
        BillingModule own = house.fresh();
        calls.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 30; i++) {
                    var unused = house.write(tx -> own.spendLimits().under(tx, asked));
                    own.offers().all(RecurringJob.class).forEach(job -> job.work().run());
                  }
                }));
      }
      for (UserId one : users) {
        int[] amounts = random.ints(30, 0, 20).toArray();
        calls.add(
            threads.submit(
                () -> {
                  for (int amount : amounts) {
                    limited.setForTenant(SpendSpan.MONTH, Integer.toString(amount));
                    SpendLimitStanding own =
                        limited.set(Scope.USER, one, SpendSpan.DAY, Integer.toString(amount));
                    if (amount % 5 == 0) {
                      limited.remove(own.id());
                    }
                  }
                  limited.set(Scope.USER, one, SpendSpan.DAY, "11");
                }));
      }
      for (Future<?> call : calls) {
        call.get();
      }
    }
    limited.setForTenant(SpendSpan.MONTH, "13");

    Map<UserOfTenant, List<SpendLimit>> limits =
        house.write(tx -> house.billing.spendLimits().under(tx, asked));

    assertThat(limits).hasSize(3);
    limits
        .values()
        .forEach(
            both -> {
              assertThat(both).hasSize(2);
              for (SpendLimit limit : both) {
                assertThat(limited.left(limit.account()))
                    .isEqualTo(limit.scope() == Scope.USER ? "11" : "13");
              }
            });
    assertThat(limited.deadlocks()).isZero();
  }
}

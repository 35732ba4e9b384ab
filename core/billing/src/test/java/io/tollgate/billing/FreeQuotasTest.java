package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.Transaction;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.AccountKind;
import io.tollgate.ledger.UserOfTenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class FreeQuotasTest {
  private final House house = new House();

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void a_user_gets_the_tenants_free_tokens_until_the_month_ends_there() {
    UserId user = house.user("u1").id();
    house.ensure(user);
    Account quota = only(user);
    assertThat(quota.key())
        .isEqualTo(AccountKey.grant(house.tenant.id(), user, Asset.TOKEN, "relay:2026-11"));
    assertThat(quota.balance()).isEqualTo(1000);
    // December begins in Shanghai eight hours before it does in Greenwich
    assertThat(quota.expiresAt()).contains(Instant.parse("2026-11-30T16:00:00Z"));
  }

  @Test
  void once_a_month_however_often_it_is_asked_for() {
    UserId user = house.user("u1").id();
    house.ensure(user);
    house.ensure(user);
    house.run(tx -> house.fresh().freeQuotas().ensure(tx, house.tenant.id(), user, House.START));
    assertThat(only(user).balance()).isEqualTo(1000);
  }

  @Test
  void many_users_at_once_get_what_each_is_due_and_strangers_nothing() {
    UserId first = house.user("u1").id();
    UserId more = house.userWithFreeTokens("u2", 5000).id();
    UserId none = house.userWithFreeTokens("u3", 0).id();
    house.ensure(first);
    SequencedMap<UserOfTenant, Instant> asked = new LinkedHashMap<>();
    for (UserId user : List.of(none, more, new UserId(999_999), first)) {
      asked.put(new UserOfTenant(house.tenant.id(), user), House.START);
    }
    asked.put(new UserOfTenant(new TenantId(house.tenant.id().value() + 1), more), House.START);
    for (int i = 0; i < 2; i++) {
      house.run(tx -> house.fresh().freeQuotas().ensure(tx, asked));
    }
    assertThat(only(first).balance()).isEqualTo(1000);
    assertThat(only(more).balance()).isEqualTo(5000);
    assertThat(house.standing(none).quotaLimit()).isZero();
  }

  @Test
  void once_when_many_ask_at_the_same_time() throws Exception {
    UserId user = house.user("u1").id();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        BillingModule own = house.fresh();
        calls.add(
            () -> {
              house.run(tx -> own.freeQuotas().ensure(tx, house.tenant.id(), user, House.START));
              return true;
            });
      }
      for (Future<Boolean> call : threads.invokeAll(calls)) {
        assertThat(call.get()).isTrue();
      }
    }
    assertThat(only(user).balance()).isEqualTo(1000);
    assertThat(house.standing(user).quotaLimit()).isEqualTo(1000);
  }

  @Test
  void again_in_the_next_month_and_what_was_left_is_gone() {
    UserId user = house.user("u1").id();
    house.ensure(user);
    house.move(
        AccountKey.grant(house.tenant.id(), user, Asset.TOKEN, "relay:2026-11"),
        AccountKey.ofTenant(house.tenant.id(), AccountKind.REVENUE, Asset.TOKEN),
        400,
        "use");
    house.clock.set(Instant.parse("2026-11-30T15:59:59.999999Z"));
    house.ensure(user);
    assertThat(only(user).balance()).isEqualTo(600);
    house.clock.set(Instant.parse("2026-11-30T16:00:00Z"));
    house.ensure(user);
    Account quota = only(user);
    assertThat(quota.key().period()).isEqualTo("relay:2026-12");
    assertThat(quota.balance()).isEqualTo(1000);
    assertThat(quota.expiresAt()).contains(Instant.parse("2026-12-31T16:00:00Z"));
  }

  @Test
  void a_clock_that_is_set_back_by_months_and_forth_gives_no_month_twice_and_none_before() {
    UserId user = house.user("u1").id();
    house.ensure(user);
    for (int months = 1; months <= 4; months++) {
      house.clock.set(House.START.minus(Duration.ofDays(30L * months)));
      house.run(tx -> ensureAfresh(tx, user));
    }
    for (int months = 4; months >= 0; months--) {
      house.clock.set(House.START.minus(Duration.ofDays(30L * months)));
      house.run(tx -> ensureAfresh(tx, user));
    }
    assertThat(only(user).balance()).isEqualTo(1000);
    assertThat(house.standing(user).quotaLimit()).isEqualTo(1000);
    assertThat(house.audit()).isEmpty();

    house.clock.set(Instant.parse("2026-11-30T16:00:00Z"));
    house.run(tx -> ensureAfresh(tx, user));
    assertThat(only(user).key().period()).isEqualTo("relay:2026-12");
    assertThat(house.audit()).isEmpty();
  }

  @Test
  void a_month_that_was_given_too_early_is_not_given_again_when_it_comes() {
    UserId user = house.user("u1").id();
    house.ensure(user);
    Instant ahead = Instant.parse("2027-02-10T00:00:00Z");
    house.clock.set(ahead);
    house.run(tx -> ensureAfresh(tx, user));
    house.clock.set(House.START);
    house.run(tx -> ensureAfresh(tx, user));
    house.clock.set(Instant.parse("2027-01-10T00:00:00Z"));
    house.run(tx -> ensureAfresh(tx, user));
    house.clock.set(ahead);
    house.run(tx -> ensureAfresh(tx, user));

    // what was given for November has expired where the time of February is asked for
    assertThat(house.accounts(user))
        .extracting(account -> account.key().period())
        .containsExactly("relay:2027-02");
    assertThat(house.audit()).isEmpty();
  }

  @Test
  void no_month_comes_ahead_of_the_databases_time_whatever_time_a_request_has() {
    UserId user = house.user("u1").id();
    Instant ahead = Instant.parse("2027-03-01T00:00:00Z");
    for (int i = 0; i < 2; i++) {
      house.run(tx -> house.billing.freeQuotas().ensure(tx, house.tenant.id(), user, ahead));
    }
    assertThat(only(user).key().period()).isEqualTo("relay:2026-11");
  }

  private void ensureAfresh(Transaction transaction, UserId user) {
    house.fresh().freeQuotas().ensure(transaction, house.tenant.id(), user, house.clock.instant());
  }

  @Test
  void a_users_own_number_goes_before_the_tenants() {
    UserId user = house.userWithFreeTokens("u1", 5).id();
    house.ensure(user);
    assertThat(only(user).balance()).isEqualTo(5);
  }

  @Test
  void none_means_no_account_at_all() {
    UserId user = house.userWithFreeTokens("u1", 0).id();
    house.ensure(user);
    assertThat(house.accounts(user)).isEmpty();
  }

  @Test
  void what_was_rolled_back_is_not_remembered_as_given() {
    UserId user = house.user("u1").id();
    try {
      house.run(
          tx -> {
            house.billing.freeQuotas().ensure(tx, house.tenant.id(), user, House.START);
            throw new IllegalStateException("the caller fails");
          });
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("the caller fails");
    }
    assertThat(house.accounts(user)).isEmpty();
    house.ensure(user);
    assertThat(only(user).balance()).isEqualTo(1000);
  }

  private Account only(UserId user) {
    List<Account> accounts = house.accounts(user);
    assertThat(accounts).hasSize(1);
    return accounts.getFirst();
  }
}

package io.tollgate.billing;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.AccountId;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.Account;
import io.tollgate.ledger.AccountKey;
import io.tollgate.ledger.UserOfTenant;
import io.tollgate.metering.SpendLimit;
import io.tollgate.metering.SpendLimit.Scope;
import io.tollgate.metering.SpendLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When windows of limits open and end, and who runs under which. */
@Tag("slow")
class SpendWindowsTest {
  private static final Asset SPEND = Asset.allowance(House.USD);

  private final LimitedHouse limited = new LimitedHouse();
  private final House house = limited.house;
  private final UserId user = house.user("u1").id();

  @AfterEach
  void close() {
    limited.close();
  }

  @Test
  void nobody_is_limited_without_a_limit() {
    assertThat(limited.under(user)).isEmpty();
  }

  @Test
  void a_window_is_opened_with_the_whole_amount_when_it_is_asked_for_first() {
    limited.set(Scope.USER, user, SpendSpan.MONTH, "12.5");

    List<SpendLimit> limits = limited.under(user);

    // December begins in Shanghai eight hours before it does in Greenwich
    Optional<Instant> end = Optional.of(Instant.parse("2026-11-30T16:00:00Z"));
    assertThat(limits).hasSize(1);
    SpendLimit limit = limits.getFirst();
    assertThat(limit)
        .isEqualTo(new SpendLimit(Scope.USER, limit.account(), House.USD, Optional.empty(), end));
    Account account = limited.account(limit.account());
    assertThat(account.key())
        .isEqualTo(
            AccountKey.limit(limited.tenant, AccountKey.owner(user), SPEND, "month:2026-11"));
    assertThat(account.balance()).isEqualTo(12_500_000_000L);
    assertThat(account.expiresAt()).isEqualTo(end);
    assertThat(limited.under(user)).isEqualTo(limits);
    assertThat(limited.allotted(limit.account())).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, DAY, 2026-10-24T22:00:00Z, day:2026-10-25, 2026-10-25T23:00:00Z",
    "Europe/Berlin, DAY, 2026-03-28T23:00:00Z, day:2026-03-29, 2026-03-29T22:00:00Z",
    "Europe/Berlin, MONTH, 2026-03-31T21:59:59.999999Z, month:2026-03, 2026-03-31T22:00:00Z",
    "Europe/Berlin, MONTH, 2026-03-31T22:00:00Z, month:2026-04, 2026-04-30T22:00:00Z",
    "America/Sao_Paulo, DAY, 2018-11-03T03:00:00Z, day:2018-11-03, 2018-11-04T03:00:00Z",
    "America/Sao_Paulo, DAY, 2018-11-04T03:00:00Z, day:2018-11-04, 2018-11-05T02:00:00Z",
    "Pacific/Kiritimati, DAY, 2026-11-22T10:00:00Z, day:2026-11-23, 2026-11-23T10:00:00Z"
  })
  void windows_are_days_and_months_of_the_tenants_calendar(
      String zone, SpendSpan span, Instant at, String label, Instant end) {
    limited.zone(zone);
    limited.set(Scope.USER, user, span, "1");
    house.clock.set(at);

    SpendLimit limit = limited.under(user).getFirst();

    assertThat(limit.until()).contains(end);
    assertThat(limited.account(limit.account()).key().period()).isEqualTo(label);
  }

  @Test
  void the_next_window_has_the_whole_amount_again_and_the_last_one_expires() {
    limited.set(Scope.USER, user, SpendSpan.DAY, "5");
    AccountId today = limited.only(user);
    limited.spend(today, "2");
    house.clock.set(Instant.parse("2026-11-21T16:00:00Z"));

    AccountId tomorrow = limited.only(user);
    int expired = house.write(tx -> house.ledger.expireGrants(tx, house.clock.instant()));

    assertThat(tomorrow).isNotEqualTo(today);
    assertThat(expired).isOne();
    assertThat(limited.left(today)).isEqualTo("0");
    assertThat(limited.left(tomorrow)).isEqualTo("5");
  }

  @Test
  void a_total_never_ends() {
    limited.set(Scope.USER, user, SpendSpan.TOTAL, "5");
    AccountId account = limited.only(user);
    house.clock.set(Instant.parse("2126-11-21T16:00:00Z"));
    assertThat(limited.only(user)).isEqualTo(account);
    assertThat(limited.under(user).getFirst().until()).isEmpty();
  }

  @Test
  void a_user_runs_under_their_own_limits_those_of_their_keys_and_their_tenants_only() {
    UserId other = house.user("u2").id();
    ApiKeyId first = limited.key(user);
    ApiKeyId second = limited.key(user);
    ApiKeyId foreign = limited.key(other);
    for (SpendSpan span : SpendSpan.values()) {
      limited.set(Scope.USER, user, span, "1");
      limited.setForTenant(span, "2");
      limited.setForKey(first, span, "3");
      limited.setForKey(second, span, "4");
      limited.setForKey(foreign, span, "5");
    }
    TenantId strangers =
        house.write(tx -> house.identity.tenants().create(tx, "two", "USD", 0).tenant().id());
    UserId stranger =
        house.write(tx -> house.identity.users().findOrCreate(tx, strangers, "u1").id());
    SequencedMap<UserOfTenant, Instant> asked = new LinkedHashMap<>();
    asked.put(new UserOfTenant(limited.tenant, user), House.START);
    asked.put(new UserOfTenant(limited.tenant, other), House.START);
    asked.put(new UserOfTenant(strangers, stranger), House.START);
    asked.put(new UserOfTenant(strangers, user), House.START);
    asked.put(new UserOfTenant(new TenantId(999_999), user), House.START);

    Map<UserOfTenant, List<SpendLimit>> limits =
        house.write(tx -> house.billing.spendLimits().under(tx, asked));

    assertThat(limits).containsOnlyKeys(asked.keySet().stream().limit(2).toList());
    List<SpendLimit> users = limits.get(new UserOfTenant(limited.tenant, user));
    List<SpendLimit> others = limits.get(new UserOfTenant(limited.tenant, other));
    assertThat(users).hasSize(12).filteredOn(limit -> limit.scope() == Scope.USER).hasSize(3);
    assertThat(users)
        .filteredOn(limit -> limit.key().isEmpty() || limit.key().get().equals(first))
        .hasSize(SpendLimits.MAX_OF_A_REQUEST);
    assertThat(others).hasSize(6);
    assertThat(accounts(others, Scope.TENANT)).isEqualTo(accounts(users, Scope.TENANT));
    assertThat(others).filteredOn(limit -> limit.key().equals(Optional.of(foreign))).hasSize(3);
  }

  @Test
  void what_is_open_and_applied_is_read_with_one_query() {
    limited.set(Scope.USER, user, SpendSpan.DAY, "1");
    limited.setForTenant(SpendSpan.MONTH, "2");
    List<SpendLimit> limits = limited.under(user);
    BillingModule billing = house.billing;

    // neither table of limits can be written, nor a row of them locked, in such a transaction
    List<SpendLimit> again =
        house
            .database
            .transactions()
            .read(tx -> limited.under(billing, tx, user, house.clock.instant()));

    assertThat(again).isEqualTo(limits).hasSize(2);
  }

  @Test
  void many_who_open_the_same_windows_at_once_open_them_once() throws Exception {
    List<UserId> users = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      UserId one = house.user("many-" + i).id();
      users.add(one);
      limited.set(Scope.USER, one, SpendSpan.DAY, "3");
    }
    limited.setForTenant(SpendSpan.DAY, "7");
    SequencedMap<UserOfTenant, Instant> asked = new LinkedHashMap<>();
    users.forEach(one -> asked.put(new UserOfTenant(limited.tenant, one), House.START));
    SequencedMap<UserOfTenant, Instant> backwards = new LinkedHashMap<>();
    users
        .reversed()
        .forEach(one -> backwards.put(new UserOfTenant(limited.tenant, one), House.START));
    List<Map<UserOfTenant, List<SpendLimit>>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Map<UserOfTenant, List<SpendLimit>>>> calls = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        BillingModule own = house.fresh();
        SequencedMap<UserOfTenant, Instant> mine = i % 2 == 0 ? asked : backwards;
        calls.add(() -> house.write(tx -> own.spendLimits().under(tx, mine)));
      }
      for (Future<Map<UserOfTenant, List<SpendLimit>>> call : threads.invokeAll(calls)) {
        answers.add(call.get());
      }
    }

    assertThat(answers).allSatisfy(answer -> assertThat(answer).isEqualTo(answers.getFirst()));
    for (UserId one : users) {
      UserOfTenant key = new UserOfTenant(limited.tenant, one);
      assertThat(answers.getFirst().get(key)).hasSize(2);
      for (SpendLimit limit : answers.getFirst().getOrDefault(key, List.of())) {
        assertThat(limited.allotted(limit.account())).isOne();
        assertThat(limited.left(limit.account()))
            .isEqualTo(limit.scope() == Scope.USER ? "3" : "7");
      }
    }
  }

  @Test
  void what_was_rolled_back_is_opened_again() {
    limited.set(Scope.USER, user, SpendSpan.DAY, "3");
    try {
      house.run(
          tx -> {
            var unused = limited.under(house.billing, tx, user, House.START);
            throw new IllegalStateException("the caller fails");
          });
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("the caller fails");
    }
    assertThat(limited.left(limited.only(user))).isEqualTo("3");
  }

  private static List<AccountId> accounts(List<SpendLimit> limits, Scope scope) {
    return limits.stream()
        .filter(limit -> limit.scope() == scope)
        .map(SpendLimit::account)
        .toList();
  }
}

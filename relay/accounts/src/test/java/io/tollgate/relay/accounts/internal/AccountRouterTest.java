package io.tollgate.relay.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.contracts.Protocol;
import io.tollgate.ground.TenantId;
import io.tollgate.relay.accounts.AccountFailure;
import io.tollgate.relay.accounts.AccountKey;
import io.tollgate.relay.accounts.AccountLimits;
import io.tollgate.relay.accounts.AccountQuery;
import io.tollgate.relay.accounts.AccountRouting.Choice;
import io.tollgate.relay.accounts.AccountSettings;
import io.tollgate.relay.accounts.AccountSettingsBuilder;
import io.tollgate.relay.accounts.AccountUse;
import io.tollgate.relay.accounts.BaseUrl;
import io.tollgate.relay.accounts.HealthState;
import io.tollgate.relay.accounts.ModelNames;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.accounts.ProviderAccountId;
import io.tollgate.relay.accounts.RoutingStrategy;
import io.tollgate.relay.accounts.TestConfig;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class AccountRouterTest {
  private static final AccountQuery QUERY = AccountQuery.of(Protocol.OPENAI, "m");

  private long now = Long.MAX_VALUE - 1_000_000;
  private final List<Health> news = new ArrayList<>();
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final AccountRouter router =
      new AccountRouter(() -> now, TestConfig.with(Map.of()), news::add, meters);

  @Test
  void without_accounts_there_is_none() {
    assertThat(router.choose(QUERY, Set.of())).isInstanceOf(Choice.None.class);
  }

  @Test
  void the_lowest_priority_serves_until_it_was_tried() {
    route(account(1, 5, 1), account(2, 1, 1), account(3, 9, 1));
    assertThat(chosen().account().id().value()).isEqualTo(2);
    assertThat(chosen(2).account().id().value()).isEqualTo(1);
    assertThat(chosen(2, 1).account().id().value()).isEqualTo(3);
    assertThat(router.choose(QUERY, ids(1, 2, 3))).isInstanceOf(Choice.None.class);
  }

  @Test
  void running_requests_spread_by_weight() {
    route(account(1, 0, 1), account(2, 0, 3));
    List<Long> chosen = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      chosen.add(chosen().account().id().value());
    }
    assertThat(chosen.stream().filter(id -> id == 2).count()).isBetween(29L, 31L);
  }

  @Test
  void equal_accounts_without_load_take_turns() {
    route(account(1, 0, 1), account(2, 0, 1));
    List<Long> chosen = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      AccountUse use = chosen();
      chosen.add(use.account().id().value());
      use.succeeded();
    }
    assertThat(chosen.stream().filter(id -> id == 1).count()).isEqualTo(5);
  }

  @Test
  void an_account_serves_its_models_and_its_protocol_only() {
    ProviderAccount some =
        account(1, settings -> settings.models(new ModelNames(Optional.of(Set.of("m")), Map.of())));
    route(some);
    assertThat(router.choose(AccountQuery.of(Protocol.OPENAI, "other"), Set.of()))
        .isInstanceOf(Choice.None.class);
    assertThat(router.choose(AccountQuery.of(Protocol.GEMINI, "m"), Set.of()))
        .isInstanceOf(Choice.None.class);
    assertThat(chosen().account()).isSameAs(some);
  }

  @Test
  void a_rate_limited_account_is_left_alone_for_as_long_as_it_asked() {
    route(account(1, 0, 1));
    chosen().failed(new AccountFailure.RateLimited(Optional.of(Duration.ofSeconds(7))));
    assertThat(router.choose(QUERY, Set.of())).isEqualTo(new Choice.None(Duration.ofSeconds(7)));
    now += Duration.ofSeconds(6).toNanos();
    assertThat(router.choose(QUERY, Set.of())).isEqualTo(new Choice.None(Duration.ofSeconds(1)));
    now += Duration.ofSeconds(1).toNanos();
    assertThat(chosen().account().id().value()).isEqualTo(1);
  }

  @Test
  void nobody_can_ask_for_more_rest_than_is_set() {
    route(account(1, 0, 1));
    chosen().failed(new AccountFailure.RateLimited(Optional.of(Duration.ofDays(365))));
    assertThat(router.choose(QUERY, Set.of()))
        .isEqualTo(new Choice.None(Duration.ofMillis(300_000)));
  }

  @Test
  void a_failed_account_is_passed_over_while_another_can_serve() {
    route(account(1, 0, 1), account(2, 5, 1));
    chosen().failed(new AccountFailure.Failed(500));
    assertThat(chosen().account().id().value()).isEqualTo(2);
    now += Duration.ofMillis(2_000).toNanos();
    assertThat(chosen().account().id().value()).isEqualTo(1);
  }

  @Test
  void a_failed_account_is_tried_when_no_other_can_serve_and_is_well_again_when_it_answers() {
    route(account(1, 0, 1), account(2, 5, 1));
    chosen().failed(new AccountFailure.Failed(500));
    AccountUse retried = chosen(2);
    assertThat(retried.account().id().value()).isEqualTo(1);
    retried.succeeded();
    assertThat(chosen().account().id().value()).isEqualTo(1);
  }

  @Test
  void a_banned_account_serves_no_more_however_long_one_waits() {
    route(account(1, 0, 1));
    AccountUse late = chosen();
    chosen().failed(new AccountFailure.Banned(401));
    late.succeeded();
    now += Duration.ofDays(30).toNanos();
    assertThat(router.choose(QUERY, Set.of())).isInstanceOf(Choice.None.class);
    assertThat(
            meters.get("tollgate.relay.account.failures").tag("reason", "banned").counter().count())
        .isEqualTo(1);
    assertThat(meters.get("tollgate.relay.account.state").gauge().value()).isEqualTo(4);
  }

  @Test
  void refusals_ban_when_as_many_came_in_a_row_as_are_set() {
    AccountRouter patient = router("relay.accounts.ban.refusals", "2");
    patient.replace(List.of(List.of(account(1, 0, 1))), Map.of(), List.of());
    use(patient).failed(new AccountFailure.Banned(403));
    use(patient).succeeded();
    use(patient).failed(new AccountFailure.Banned(403));
    use(patient).failed(new AccountFailure.Banned(403));
    assertThat(patient.choose(QUERY, Set.of())).isInstanceOf(Choice.None.class);
  }

  @Test
  void another_key_serves_while_one_cools_or_is_banned() {
    ProviderAccount one = withKey(account(1, 0, 1), 11);
    ProviderAccount other = withKey(account(1, 0, 1), 12);
    router.replace(List.of(List.of(one, other)), Map.of(), List.of());
    AccountUse first = chosen();
    first.failed(new AccountFailure.RateLimited(Optional.of(Duration.ofSeconds(7))));
    for (int i = 0; i < 3; i++) {
      assertThat(chosen().account().key()).isNotEqualTo(first.account().key());
    }
    chosen().failed(new AccountFailure.Banned(402));
    assertThat(router.choose(QUERY, Set.of())).isEqualTo(new Choice.None(Duration.ofSeconds(7)));
    now += Duration.ofSeconds(7).toNanos();
    assertThat(chosen().account().key()).isEqualTo(first.account().key());
  }

  @Test
  void keys_take_turns() {
    router.replace(
        List.of(List.of(withKey(account(1, 0, 1), 11), withKey(account(1, 0, 1), 12))),
        Map.of(),
        List.of());
    Set<Long> used = new HashSet<>();
    used.add(chosen().account().apiKey().id());
    used.add(chosen().account().apiKey().id());
    assertThat(used).containsExactlyInAnyOrder(11L, 12L);
  }

  @Test
  void repeated_failures_open_the_circuit_and_one_probe_closes_it() {
    route(account(1, 0, 1));
    openCircuit();
    assertThat(router.choose(QUERY, Set.of())).isEqualTo(new Choice.None(Duration.ofSeconds(5)));
    now += Duration.ofSeconds(5).toNanos();
    AccountUse probe = chosen();
    assertThat(router.choose(QUERY, Set.of())).isInstanceOf(Choice.None.class);
    probe.succeeded();
    chosen().succeeded();
    chosen().succeeded();
  }

  @Test
  void a_probe_that_fails_opens_the_circuit_for_twice_as_long_up_to_a_bound() {
    route(account(1, 0, 1));
    openCircuit();
    for (int seconds : new int[] {5, 10, 20, 40, 60, 60}) {
      assertThat(router.choose(QUERY, Set.of()))
          .isEqualTo(new Choice.None(Duration.ofSeconds(seconds)));
      now += Duration.ofSeconds(seconds).toNanos();
      chosen().failed(new AccountFailure.Failed(503));
    }
  }

  @Test
  void a_probe_that_says_nothing_makes_room_for_another() {
    route(account(1, 0, 1));
    openCircuit();
    now += Duration.ofSeconds(5).toNanos();
    chosen().released();
    chosen().succeeded();
    chosen().succeeded();
  }

  @Test
  void failures_among_many_successes_do_not_open_the_circuit() {
    route(account(1, 0, 1));
    for (int i = 0; i < 100; i++) {
      chosen().failed(new AccountFailure.Failed(500));
      chosen().succeeded();
      chosen().succeeded();
    }
    chosen().succeeded();
  }

  @Test
  void only_groups_of_the_caller_serve() {
    route(account(1, settings -> settings.groups(Set.of("vip", "test"))));
    assertThat(router.choose(QUERY, Set.of())).isInstanceOf(Choice.None.class);
    assertThat(router.choose(QUERY.inGroups(Set.of("default", "vip")), Set.of()))
        .isInstanceOf(Choice.Chosen.class);
  }

  @Test
  void a_mapped_model_is_served_under_its_other_name() {
    route(
        account(
            1,
            settings ->
                settings.models(new ModelNames(Optional.of(Set.of("x")), Map.of("m", "m-2026")))));
    assertThat(chosen().account().upstreamModel("m")).isEqualTo("m-2026");
    assertThat(chosen().account().upstreamModel("x")).isEqualTo("x");
  }

  @Test
  void requests_beyond_an_accounts_own_limits_go_elsewhere() {
    AccountLimits two =
        new AccountLimits(OptionalInt.of(2), OptionalLong.empty(), OptionalInt.empty());
    AccountLimits one =
        new AccountLimits(OptionalInt.empty(), OptionalLong.empty(), OptionalInt.of(1));
    AccountLimits tokens =
        new AccountLimits(OptionalInt.empty(), OptionalLong.of(1_000), OptionalInt.empty());
    route(
        account(1, settings -> settings.limits(two).priority(1)),
        account(2, settings -> settings.limits(one).priority(2)),
        account(3, settings -> settings.limits(tokens).priority(3)));
    AccountQuery query = QUERY.expecting(600);
    List<Long> order = new ArrayList<>();
    AccountUse held = null;
    for (int i = 0; i < 4; i++) {
      AccountUse use = ((Choice.Chosen) router.choose(query, Set.of())).use();
      order.add(use.account().id().value());
      held = use.account().id().value() == 2 ? use : held;
      if (use.account().id().value() != 2) {
        use.succeeded();
      }
    }
    assertThat(order).containsExactly(1L, 1L, 2L, 3L);
    assertThat(router.choose(query, Set.of())).isInstanceOf(Choice.None.class);
    Objects.requireNonNull(held).released();
    assertThat(((Choice.Chosen) router.choose(query, Set.of())).use().account().id().value())
        .isEqualTo(2);
    now += Duration.ofSeconds(70).toNanos();
    assertThat(((Choice.Chosen) router.choose(query, Set.of())).use().account().id().value())
        .isEqualTo(1);
  }

  @Test
  void what_a_request_has_really_used_takes_the_place_of_what_was_expected() {
    AccountLimits tokens =
        new AccountLimits(OptionalInt.empty(), OptionalLong.of(1_000), OptionalInt.empty());
    route(account(1, settings -> settings.limits(tokens)));
    AccountQuery query = QUERY.expecting(600);
    AccountUse frugal = use(query);
    assertThat(router.choose(query, Set.of())).isInstanceOf(Choice.None.class);
    frugal.used(100);
    frugal.used(0);
    frugal.succeeded();
    AccountUse greedy = use(query);
    greedy.used(900);
    greedy.succeeded();
    assertThat(router.choose(QUERY.expecting(1), Set.of())).isInstanceOf(Choice.None.class);
    now += Duration.ofSeconds(70).toNanos();
    use(query).failed(new AccountFailure.RateLimited(Optional.of(Duration.ofSeconds(1))));
    now += Duration.ofSeconds(2).toNanos();
    // what was refused has used nothing
    assertThat(use(QUERY.expecting(1_000)).account().id().value()).isEqualTo(1);
  }

  @Test
  void a_conversation_stays_with_its_account_even_when_a_better_one_returns() {
    route(account(1, 0, 1), account(2, 5, 1));
    AccountQuery session = QUERY.inSession(42);
    use(session).failed(new AccountFailure.RateLimited(Optional.of(Duration.ofSeconds(1))));
    AccountUse second = use(session);
    assertThat(second.account().id().value()).isEqualTo(2);
    second.answered();
    now += Duration.ofSeconds(2).toNanos();
    assertThat(chosen().account().id().value()).isEqualTo(1);
    assertThat(use(session).account().id().value()).isEqualTo(2);
  }

  @Test
  void a_conversation_does_not_stay_with_an_account_that_did_not_answer_it() {
    route(account(1, 0, 1), account(2, 5, 1));
    AccountQuery session = QUERY.inSession(43);
    use(session).failed(new AccountFailure.RateLimited(Optional.of(Duration.ofSeconds(1))));
    AccountUse second = use(session);
    assertThat(second.account().id().value()).isEqualTo(2);
    second.released();
    now += Duration.ofSeconds(2).toNanos();
    assertThat(use(session).account().id().value()).isEqualTo(1);
  }

  @Test
  void a_conversation_with_another_model_is_another_conversation() {
    route(account(1, 0, 1), account(2, 5, 1));
    AccountQuery session = AccountQuery.of(Protocol.OPENAI, "m").inSession(44);
    use(session).failed(new AccountFailure.RateLimited(Optional.of(Duration.ofSeconds(1))));
    use(session).answered();
    now += Duration.ofSeconds(2).toNanos();
    AccountQuery other = AccountQuery.of(Protocol.OPENAI, "n").inSession(44);
    assertThat(use(session).account().id().value()).isEqualTo(2);
    assertThat(use(other).account().id().value()).isEqualTo(1);
  }

  @Test
  void gateways_that_know_nothing_of_each_other_send_a_conversation_to_the_same_account() {
    List<List<ProviderAccount>> accounts = new ArrayList<>();
    for (int id = 1; id <= 5; id++) {
      accounts.add(List.of(account(id, 0, 1)));
    }
    AccountRouter other = router("relay.accounts.reload.ms", "1000");
    router.replace(accounts, Map.of(), List.of());
    other.replace(accounts, Map.of(), List.of());
    Set<Long> used = new HashSet<>();
    for (long session = 1; session <= 200; session++) {
      AccountUse here = use(QUERY.inSession(session));
      AccountUse there = ((Choice.Chosen) other.choose(QUERY.inSession(session), Set.of())).use();
      assertThat(there.account().id()).isEqualTo(here.account().id());
      used.add(here.account().id().value());
      here.succeeded();
      there.succeeded();
    }
    assertThat(used).hasSize(5);
  }

  @Test
  void the_tenants_strategy_decides_among_equal_priorities() {
    TenantId thrifty = new TenantId(1);
    TenantId hasty = new TenantId(2);
    router.replace(
        List.of(
            List.of(account(1, settings -> settings.costFactor(new BigDecimal("0.9")))),
            List.of(account(2, settings -> settings.costFactor(new BigDecimal("0.5"))))),
        Map.of(thrifty, RoutingStrategy.LEAST_COST, hasty, RoutingStrategy.LOWEST_LATENCY),
        List.of());
    for (int i = 0; i < 4; i++) {
      assertThat(use(QUERY.of(thrifty)).account().id().value()).isEqualTo(2);
    }
    for (int i = 0; i < 2; i++) {
      AccountUse use = use(QUERY.of(hasty));
      now += Duration.ofMillis(use.account().id().value() == 1 ? 100 : 900).toNanos();
      use.answered();
      use.succeeded();
    }
    for (int i = 0; i < 4; i++) {
      assertThat(use(QUERY.of(hasty)).account().id().value()).isEqualTo(1);
    }
  }

  @Test
  void what_others_have_learned_is_respected_until_they_say_otherwise() {
    route(account(1, 0, 1));
    HealthSubject key = new HealthSubject(1, 7);
    router.learn(List.of(learned(key, HealthState.COOLING, 9, 1)));
    assertThat(router.choose(QUERY, Set.of())).isEqualTo(new Choice.None(Duration.ofSeconds(9)));
    router.learn(List.of(learned(key, HealthState.BANNED, 0, 2)));
    now += Duration.ofSeconds(10).toNanos();
    assertThat(router.choose(QUERY, Set.of())).isInstanceOf(Choice.None.class);
    router.learn(List.of(learned(key, HealthState.HEALTHY, 0, 2)));
    assertThat(router.choose(QUERY, Set.of())).isInstanceOf(Choice.None.class);
    router.learn(List.of(learned(key, HealthState.HEALTHY, 0, 3)));
    chosen().succeeded();
    assertThat(news).isEmpty();
  }

  @Test
  void a_ban_is_not_undone_by_one_that_did_not_know_of_it() {
    route(account(1, 0, 1));
    HealthSubject key = new HealthSubject(1, 7);
    chosen().failed(new AccountFailure.Banned(401));
    // the success of another process, in the database before our ban is written, and through Redis
    router.learn(List.of(learned(key, HealthState.HEALTHY, 0, 1)));
    router.learn(List.of(learned(key, HealthState.HEALTHY, 0, LearnedHealth.UNNUMBERED)));
    assertThat(router.choose(QUERY, Set.of())).isInstanceOf(Choice.None.class);
    Health told = news.getLast();
    told.written(told.standing(), 2);
    router.learn(List.of(learned(key, HealthState.HEALTHY, 0, LearnedHealth.UNNUMBERED)));
    assertThat(router.choose(QUERY, Set.of())).isInstanceOf(Choice.None.class);
    // what the database says after it is a reset
    router.learn(List.of(learned(key, HealthState.HEALTHY, 0, 3)));
    chosen().succeeded();
  }

  @Test
  void each_change_of_health_is_told_and_a_success_that_changes_nothing_is_not() {
    route(account(1, 0, 1));
    for (int i = 0; i < 5; i++) {
      chosen().failed(new AccountFailure.Failed(500));
    }
    assertThat(news).hasSize(5);
    chosen().succeeded();
    chosen().succeeded();
    assertThat(news).hasSize(6).containsOnly(news.getFirst());
  }

  @Test
  void only_the_first_ending_of_a_use_counts() {
    route(account(1, 0, 1));
    AccountUse use = chosen();
    use.released();
    use.failed(new AccountFailure.RateLimited(Optional.of(Duration.ofSeconds(7))));
    assertThat(chosen().account().id().value()).isEqualTo(1);
  }

  @Test
  void load_and_rest_outlive_a_change_of_the_account() {
    route(account(1, 0, 1));
    chosen().failed(new AccountFailure.RateLimited(Optional.of(Duration.ofSeconds(7))));
    route(account(1, 3, 2));
    assertThat(router.choose(QUERY, Set.of())).isInstanceOf(Choice.None.class);
  }

  private void openCircuit() {
    for (int i = 0; i < 8; i++) {
      chosen().failed(new AccountFailure.Failed(503));
    }
  }

  private static LearnedHealth learned(
      HealthSubject subject, HealthState state, int seconds, long version) {
    return new LearnedHealth(
        subject,
        state,
        Duration.ofSeconds(seconds),
        Optional.of("rate_limited"),
        OptionalInt.of(429),
        Duration.ZERO,
        version);
  }

  private AccountRouter router(String setting, String value) {
    return new AccountRouter(
        () -> now, TestConfig.with(Map.of(setting, value)), news::add, new SimpleMeterRegistry());
  }

  private void route(ProviderAccount... accounts) {
    router.replace(Arrays.stream(accounts).map(List::of).toList(), Map.of(), List.of());
  }

  private AccountUse chosen(long... tried) {
    Choice choice = router.choose(QUERY, ids(tried));
    assertThat(choice).isInstanceOf(Choice.Chosen.class);
    return ((Choice.Chosen) choice).use();
  }

  private AccountUse use(AccountQuery query) {
    return ((Choice.Chosen) router.choose(query, Set.of())).use();
  }

  private static AccountUse use(AccountRouter by) {
    return ((Choice.Chosen) by.choose(QUERY, Set.of())).use();
  }

  private static Set<ProviderAccountId> ids(long... values) {
    Set<ProviderAccountId> ids = new HashSet<>();
    for (long value : values) {
      ids.add(new ProviderAccountId(value));
    }
    return ids;
  }

  private static ProviderAccount withKey(ProviderAccount account, long key) {
    return new ProviderAccount(
        account.id(),
        account.protocols(),
        account.baseUrl(),
        new AccountKey(key, "key-" + key),
        account.settings());
  }

  private static ProviderAccount account(long id, int priority, int weight) {
    return account(id, settings -> settings.priority(priority).weight(weight));
  }

  private static ProviderAccount account(long id, UnaryOperator<AccountSettingsBuilder> settings) {
    AccountKey key = new AccountKey(7, "key");
    return new ProviderAccount(
        new ProviderAccountId(id),
        List.of(Protocol.OPENAI, Protocol.RESPONSES),
        BaseUrl.parse("http://host/v1"),
        key,
        settings.apply(AccountSettings.builder("p", "a" + id).keys(List.of(key))).build());
  }
}

package io.tollgate.relay.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.accounts.AccountFailure;
import io.tollgate.relay.accounts.AccountRouting.Choice;
import io.tollgate.relay.accounts.AccountUse;
import io.tollgate.relay.accounts.AccountsConfig;
import io.tollgate.relay.accounts.BaseUrl;
import io.tollgate.relay.accounts.ProviderAccount;
import io.tollgate.relay.accounts.ProviderAccountId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountRouterTest {
  private static final AccountsConfig CONFIG =
      new AccountsConfig(5_000, 1_000, 2_000, 60_000, 300_000);

  private long now = Long.MAX_VALUE - 1_000_000;
  private final AccountRouter router = new AccountRouter(() -> now, CONFIG);

  @Test
  void without_accounts_there_is_none() {
    assertThat(router.choose(Set.of(Protocol.OPENAI), "m", Set.of()))
        .isInstanceOf(Choice.None.class);
  }

  @Test
  void the_lowest_priority_serves_until_it_was_tried() {
    router.replace(List.of(account(1, 5, 1), account(2, 1, 1), account(3, 9, 1)));
    assertThat(chosen().account().id().value()).isEqualTo(2);
    assertThat(chosen(2).account().id().value()).isEqualTo(1);
    assertThat(chosen(2, 1).account().id().value()).isEqualTo(3);
    assertThat(router.choose(Set.of(Protocol.OPENAI), "m", ids(1, 2, 3)))
        .isInstanceOf(Choice.None.class);
  }

  @Test
  void running_requests_spread_by_weight() {
    router.replace(List.of(account(1, 0, 1), account(2, 0, 3)));
    List<Long> chosen = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      chosen.add(chosen().account().id().value());
    }
    assertThat(chosen.stream().filter(id -> id == 2).count()).isBetween(29L, 31L);
  }

  @Test
  void equal_accounts_without_load_take_turns() {
    router.replace(List.of(account(1, 0, 1), account(2, 0, 1)));
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
        new ProviderAccount(
            new ProviderAccountId(1),
            "p",
            Protocol.OPENAI,
            "a",
            BaseUrl.parse("http://host/v1"),
            "key",
            0,
            1,
            Optional.of(Set.of("m")),
            false);
    router.replace(List.of(some));
    assertThat(router.choose(Set.of(Protocol.OPENAI), "other", Set.of()))
        .isInstanceOf(Choice.None.class);
    assertThat(router.choose(Set.of(Protocol.GEMINI), "m", Set.of()))
        .isInstanceOf(Choice.None.class);
    assertThat(chosen().account()).isEqualTo(some);
  }

  @Test
  void a_rate_limited_account_is_left_alone_for_as_long_as_it_asked() {
    router.replace(List.of(account(1, 0, 1)));
    chosen().failed(new AccountFailure.RateLimited(Optional.of(Duration.ofSeconds(7))));
    assertThat(router.choose(Set.of(Protocol.OPENAI), "m", Set.of()))
        .isEqualTo(new Choice.None(Duration.ofSeconds(7)));
    now += Duration.ofSeconds(6).toNanos();
    assertThat(router.choose(Set.of(Protocol.OPENAI), "m", Set.of()))
        .isEqualTo(new Choice.None(Duration.ofSeconds(1)));
    now += Duration.ofSeconds(1).toNanos();
    assertThat(chosen().account().id().value()).isEqualTo(1);
  }

  @Test
  void nobody_can_ask_for_more_rest_than_is_set() {
    router.replace(List.of(account(1, 0, 1)));
    chosen().failed(new AccountFailure.RateLimited(Optional.of(Duration.ofDays(365))));
    assertThat(router.choose(Set.of(Protocol.OPENAI), "m", Set.of()))
        .isEqualTo(new Choice.None(Duration.ofMillis(300_000)));
  }

  @Test
  void a_failed_account_is_passed_over_while_another_can_serve() {
    router.replace(List.of(account(1, 0, 1), account(2, 5, 1)));
    chosen().failed(new AccountFailure.Failed(500));
    assertThat(chosen().account().id().value()).isEqualTo(2);
    now += Duration.ofMillis(2_000).toNanos();
    assertThat(chosen().account().id().value()).isEqualTo(1);
  }

  @Test
  void a_failed_account_is_tried_when_no_other_can_serve_and_is_well_again_when_it_answers() {
    router.replace(List.of(account(1, 0, 1), account(2, 5, 1)));
    chosen().failed(new AccountFailure.Banned(401));
    AccountUse retried = chosen(2);
    assertThat(retried.account().id().value()).isEqualTo(1);
    retried.succeeded();
    assertThat(chosen().account().id().value()).isEqualTo(1);
  }

  @Test
  void only_the_first_ending_of_a_use_counts() {
    router.replace(List.of(account(1, 0, 1)));
    AccountUse use = chosen();
    use.released();
    use.failed(new AccountFailure.RateLimited(Optional.of(Duration.ofSeconds(7))));
    assertThat(chosen().account().id().value()).isEqualTo(1);
  }

  @Test
  void load_and_rest_outlive_a_change_of_the_account() {
    router.replace(List.of(account(1, 0, 1)));
    chosen().failed(new AccountFailure.RateLimited(Optional.of(Duration.ofSeconds(7))));
    router.replace(List.of(account(1, 3, 2)));
    assertThat(router.choose(Set.of(Protocol.OPENAI), "m", Set.of()))
        .isInstanceOf(Choice.None.class);
  }

  private AccountUse chosen(long... tried) {
    Choice choice = router.choose(Set.of(Protocol.OPENAI), "m", ids(tried));
    assertThat(choice).isInstanceOf(Choice.Chosen.class);
    return ((Choice.Chosen) choice).use();
  }

  private static Set<ProviderAccountId> ids(long... values) {
    Set<ProviderAccountId> ids = new java.util.HashSet<>();
    for (long value : values) {
      ids.add(new ProviderAccountId(value));
    }
    return ids;
  }

  private static ProviderAccount account(long id, int priority, int weight) {
    return new ProviderAccount(
        new ProviderAccountId(id),
        "p",
        Protocol.OPENAI,
        "a" + id,
        BaseUrl.parse("http://host/v1"),
        "key",
        priority,
        weight,
        Optional.empty(),
        false);
  }
}

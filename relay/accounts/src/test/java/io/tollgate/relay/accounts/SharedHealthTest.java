package io.tollgate.relay.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.contracts.Protocol;
import io.tollgate.data.ListRequest;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.relay.accounts.AccountRouting.Choice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two gateways on one database, which looks again by itself too seldom to matter here. */
@Tag("slow")
class SharedHealthTest {
  private static final AccountsConfig CONFIG =
      TestConfig.with(
          Map.of(
              "relay.accounts.reload.ms",
              "3600000",
              "relay.accounts.rest.rate.limited.ms",
              "60000",
              "relay.accounts.circuit.open.ms",
              "1000"));
  private static final AccountQuery QUERY = AccountQuery.of(Protocol.OPENAI, "m");
  private static final Duration SOON = Duration.ofSeconds(5);

  private final TestDatabase database = TestDatabase.create();
  private final RelayAccounts one = open();
  private final RelayAccounts other = open();

  @AfterEach
  void close() {
    one.close();
    other.close();
    database.close();
  }

  @Test
  void a_429_that_one_gateway_got_cools_the_account_for_all() {
    ProviderAccountId id = save("a");
    use(one).failed(new AccountFailure.RateLimited(Optional.of(Duration.ofMinutes(2))));
    await().atMost(SOON).until(() -> choose(other) instanceof Choice.None);
    Choice.None none = (Choice.None) choose(other);
    assertThat(none.retryAfter()).isBetween(Duration.ofSeconds(110), Duration.ofSeconds(120));
    AccountStanding shown = standing(id);
    assertThat(shown.state()).isEqualTo(HealthState.COOLING);
    HealthReport key = shown.keyHealth().values().iterator().next();
    assertThat(key.until()).isPresent();
    assertThat(key.failure().orElseThrow().code()).isEqualTo("rate_limited");
    assertThat(key.failure().orElseThrow().status()).hasValue(429);
  }

  @Test
  void a_ban_holds_for_all_and_for_those_that_start_later_until_it_is_reset() {
    ProviderAccountId id = save("a");
    use(one).failed(new AccountFailure.Banned(403));
    await().atMost(SOON).until(() -> choose(other) instanceof Choice.None);
    try (RelayAccounts later = open()) {
      assertThat(choose(later)).isInstanceOf(Choice.None.class);
      assertThat(standing(id).state()).isEqualTo(HealthState.BANNED);
      AccountStanding reset =
          database.transactions().write(transaction -> one.accounts().reset(transaction, id));
      assertThat(reset.state()).isEqualTo(HealthState.HEALTHY);
      assertThat(reset.keyHealth().values().iterator().next().failure().orElseThrow().status())
          .hasValue(403);
      for (RelayAccounts each : List.of(one, other, later)) {
        await().atMost(SOON).until(() -> choose(each) instanceof Choice.Chosen);
      }
    }
  }

  @Test
  void a_circuit_opens_for_all_and_closes_for_all() {
    save("a");
    for (int i = 0; i < 8; i++) {
      use(one).failed(new AccountFailure.Failed(500));
    }
    await().atMost(SOON).until(() -> choose(other) instanceof Choice.None);
    await().atMost(Duration.ofSeconds(10)).until(() -> probed(one));
    await().atMost(SOON).until(() -> servesTwo(other));
  }

  @Test
  void a_ban_that_one_gateway_learned_is_not_undone_by_anothers_success() {
    ProviderAccountId id = save("a");
    use(one).failed(new AccountFailure.RateLimited(Optional.empty()));
    AccountUse late = use(one);
    AccountUse banned = use(other);
    await().atMost(SOON).until(() -> standing(id).state() == HealthState.DOUBTFUL);
    banned.failed(new AccountFailure.Banned(401));
    late.succeeded();
    await().atMost(SOON).until(() -> standing(id).state() == HealthState.BANNED);
    await().atMost(SOON).until(() -> choose(one) instanceof Choice.None);
    assertThat(standing(id).state()).isEqualTo(HealthState.BANNED);
  }

  @Test
  void a_changed_account_is_known_to_all() {
    ProviderAccountId id = save("a");
    await().atMost(SOON).until(() -> choose(other) instanceof Choice.Chosen);
    AccountStanding _ =
        database
            .transactions()
            .write(
                transaction ->
                    one.accounts()
                        .edit(transaction, id, old -> old.toBuilder().enabled(false).build()));
    for (RelayAccounts each : List.of(one, other)) {
      await().atMost(SOON).until(() -> choose(each) instanceof Choice.None);
    }
  }

  @Test
  void the_list_filters_by_health() {
    ProviderAccountId first = save("a");
    ProviderAccountId second = save("b");
    AccountUse use = use(one);
    use.failed(new AccountFailure.Banned(401));
    ProviderAccountId bad = use.account().id();
    await().atMost(SOON).until(() -> standing(bad).state() == HealthState.BANNED);
    ProviderAccountId good = bad.equals(first) ? second : first;
    assertThat(listed(HealthState.BANNED)).containsExactly(bad);
    assertThat(listed(HealthState.HEALTHY)).containsExactly(good);
  }

  private List<ProviderAccountId> listed(HealthState state) {
    AccountFilter filter =
        new AccountFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(state),
            Optional.of("m"),
            Optional.of("default"),
            Optional.empty());
    return database
        .transactions()
        .read(transaction -> one.accounts().list(transaction, filter, ListRequest.first(10)).rows())
        .stream()
        .map(AccountStanding::id)
        .toList();
  }

  /** Whether it lets more than a probe through. */
  private static boolean servesTwo(RelayAccounts by) {
    Choice first = choose(by);
    Choice second = choose(by);
    for (Choice choice : List.of(first, second)) {
      if (choice instanceof Choice.Chosen(AccountUse use)) {
        use.released();
      }
    }
    return first instanceof Choice.Chosen && second instanceof Choice.Chosen;
  }

  /** Whether the circuit let a probe through, which succeeds. */
  private static boolean probed(RelayAccounts by) {
    if (choose(by) instanceof Choice.Chosen(AccountUse probe)) {
      probe.succeeded();
      return true;
    }
    return false;
  }

  private ProviderAccountId save(String name) {
    ProviderAccountId id =
        one.accounts()
            .save(
                NewProviderAccount.of(
                    "p", Protocol.OPENAI, name, "http://127.0.0.1:9/v1", "key-" + name));
    await().atMost(SOON).until(() -> choose(other) instanceof Choice.Chosen);
    return id;
  }

  private AccountStanding standing(ProviderAccountId id) {
    return database.transactions().read(transaction -> one.accounts().find(transaction, id));
  }

  private RelayAccounts open() {
    return RelayAccounts.open(database.transactions(), new XorBox(), System::nanoTime, CONFIG)
        .following(database.database().notifications());
  }

  private static Choice choose(RelayAccounts by) {
    return by.routing().choose(QUERY, Set.of());
  }

  private static AccountUse use(RelayAccounts by) {
    return ((Choice.Chosen) choose(by)).use();
  }
}

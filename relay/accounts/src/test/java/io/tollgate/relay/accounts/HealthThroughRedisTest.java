package io.tollgate.relay.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tollgate.contracts.Protocol;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.data.testing.TestRedis;
import io.tollgate.redis.RedisConfig;
import io.tollgate.redis.RedisModule;
import io.tollgate.redis.RedisStore;
import io.tollgate.relay.accounts.AccountRouting.Choice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two gateways that hear nothing of each other through the database. */
@Tag("slow")
class HealthThroughRedisTest {
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
  private static final String CHANNEL = "tollgate:account-health";

  private final TestDatabase database = TestDatabase.create();
  private final TestRedis server = TestRedis.start();
  private final RedisModule redisOfOne = redis();
  private final RedisModule redisOfOther = redis();
  private final RelayAccounts one = open(redisOfOne);
  private final RelayAccounts other;

  HealthThroughRedisTest() throws Exception {
    ProviderAccountId _ =
        one.accounts()
            .save(
                NewProviderAccount.of("p", Protocol.OPENAI, "a", "http://127.0.0.1:9/v1", "key-a"));
    other = open(redisOfOther);
    awaitListeners(2);
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
    redisOfOne.close();
    redisOfOther.close();
    server.close();
    database.close();
  }

  @Test
  void a_429_that_one_gateway_got_cools_the_account_for_both() {
    use(one).failed(new AccountFailure.RateLimited(Optional.of(Duration.ofMinutes(2))));
    await().atMost(SOON).until(() -> choose(other) instanceof Choice.None);
    assertThat(((Choice.None) choose(other)).retryAfter())
        .isBetween(Duration.ofSeconds(110), Duration.ofSeconds(120));
  }

  @Test
  void a_circuit_that_opens_and_closes_does_so_for_both() {
    for (int i = 0; i < 8; i++) {
      use(one).failed(new AccountFailure.Failed(500));
    }
    await().atMost(SOON).until(() -> choose(other) instanceof Choice.None);
    await().atMost(Duration.ofSeconds(10)).until(() -> probed(one));
    await().atMost(SOON).until(() -> servesTwo(other));
  }

  @Test
  void what_is_no_health_is_ignored() throws Exception {
    RedisStore store = redisOfOne.store().orElseThrow();
    List<String> nonsense =
        List.of(
            "",
            " ",
            "x",
            "x 1 0 banned 0 - -",
            "x 1 0 banned 0 - - - -",
            "x 1 0 dead 0 - - -",
            "x one 0 banned 0 - - -",
            "x 1 0 cooling -5 - - -",
            "x 1 0 cooling 999999999999999 - - -",
            "x 1 0 cooling 99999999999999999999 - - -",
            "x 777 0 banned 0 - - -",
            "x 1 0 banned 0 " + "f".repeat(300) + " - -");
    for (String message : nonsense) {
      assertThat(store.publish(CHANNEL, message).toCompletableFuture().get(5, TimeUnit.SECONDS))
          .isEqualTo(2);
    }
    // messages come in order: this is the last of them
    use(one).failed(new AccountFailure.RateLimited(Optional.of(Duration.ofMinutes(2))));
    await().atMost(SOON).until(() -> choose(other) instanceof Choice.None);
    assertThat(((Choice.None) choose(other)).retryAfter())
        .isBetween(Duration.ofSeconds(110), Duration.ofSeconds(120));
  }

  @Test
  void when_redis_was_dead_both_listen_again() throws Exception {
    server.kill();
    use(one).failed(new AccountFailure.RateLimited(Optional.of(Duration.ofSeconds(1))));
    server.startAgain();
    awaitListeners(2);
    await().atMost(Duration.ofSeconds(5)).until(() -> choose(one) instanceof Choice.Chosen);
    use(one).failed(new AccountFailure.Banned(403));
    await().atMost(SOON).until(() -> choose(other) instanceof Choice.None);
  }

  /** Whether so many gateways hear what is told. */
  private void awaitListeners(int count) {
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(
            () ->
                redisOfOne
                        .store()
                        .orElseThrow()
                        .publish(CHANNEL, "nobody 0 0 healthy 0 - - -")
                        .toCompletableFuture()
                        .get(5, TimeUnit.SECONDS)
                    == count);
  }

  private RedisModule redis() {
    return RedisModule.over(
        new RedisConfig(Optional.of(server.url()), false, Duration.ofMillis(500)));
  }

  private RelayAccounts open(RedisModule redis) {
    return RelayAccounts.open(
        database.transactions(),
        redis.store(),
        new XorBox(),
        System::nanoTime,
        CONFIG,
        new CompositeMeterRegistry());
  }

  private static boolean probed(RelayAccounts by) {
    if (choose(by) instanceof Choice.Chosen(AccountUse probe)) {
      probe.succeeded();
      return true;
    }
    return false;
  }

  private static boolean servesTwo(RelayAccounts by) {
    List<Choice> both = Stream.generate(() -> choose(by)).limit(2).toList();
    both.forEach(
        choice -> {
          if (choice instanceof Choice.Chosen(AccountUse use)) {
            use.released();
          }
        });
    return both.stream().allMatch(choice -> choice instanceof Choice.Chosen);
  }

  private static Choice choose(RelayAccounts by) {
    return by.routing().choose(QUERY, Set.of());
  }

  private static AccountUse use(RelayAccounts by) {
    return ((Choice.Chosen) choose(by)).use();
  }
}

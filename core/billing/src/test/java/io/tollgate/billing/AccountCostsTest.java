package io.tollgate.billing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.data.RecurringJob;
import io.tollgate.data.testing.TestRedis;
import io.tollgate.metering.AccountCost;
import io.tollgate.metering.Metering;
import io.tollgate.redis.RedisConfig;
import io.tollgate.redis.RedisModule;
import io.tollgate.redis.RedisStore;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What accounts cost, on a real Redis that dies in between, over a real database. */
@Tag("slow")
class AccountCostsTest {
  private static final long ACCOUNT = 7;
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
  private final House house = new House();
  private final TestRedis server = TestRedis.start();
  private final RedisModule redis =
      RedisModule.over(new RedisConfig(Optional.of(server.url()), false, Duration.ofMillis(500)));
  private final RedisStore store = redis.store().orElseThrow();
  private final AccountCostModule module =
      AccountCostModule.over(
          house.database.transactions(), Optional.of(store), house.clock, Duration.ofMinutes(1));

  @BeforeEach
  void connected() {
    await().until(store::isConnected);
  }

  @AfterEach
  void close() {
    module.close();
    redis.close();
    server.close();
    house.close();
  }

  @Test
  void a_booking_is_in_redis_at_once_with_millionths_rounded_from_the_sum() throws Exception {
    book(TODAY, 3, 3_500);
    awaitField("cost:account:7", "total_nano", "3500");
    assertThat(fields("cost:account:7", "requests", "total_cost")).containsExactly("3", "4");
    awaitField("cost:account:daily:7:2026-11-21", "total_cost", "4");
    assertThat(total().nanos()).isEqualTo(3_500);
    assertThat(life("cost:account:daily:7:2026-11-21"))
        .as("seconds until 90 days after the day")
        .isBetween(0L, 92L * 86_400);
    assertThat(life("cost:account:7")).as("kept").isEqualTo(-1);
  }

  @Test
  void what_is_told_again_or_too_late_changes_nothing() throws Exception {
    List<AccountCost> first = book(TODAY, 1, 1_000);
    List<AccountCost> second = book(TODAY, 1, 1_000);
    awaitField("cost:account:7", "total_nano", "2000");
    module.listener().changed(second);
    module.listener().changed(first);
    module.listener().changed(first);
    List<AccountCost> third = book(TODAY, 1, 1_000);
    assertThat(third).isNotEmpty();
    awaitField("cost:account:7", "total_nano", "3000");
    assertThat(fields("cost:account:7", "requests", "total_cost")).containsExactly("3", "3");
  }

  @Test
  void while_redis_is_dead_the_books_answer_and_afterwards_all_of_it_is_there_again()
      throws Exception {
    book(TODAY.minusDays(1), 2, 2_000);
    book(TODAY, 3, 3_000);
    awaitField("cost:account:7", "total_nano", "5000");

    server.kill();
    book(TODAY, 5, 5_000);
    assertThat(total().nanos()).isEqualTo(10_000);
    assertThat(total().requests()).isEqualTo(10);
    assertThat(module.costs().daily(ACCOUNT, 3))
        .extracting(AccountCost::nanos)
        .containsExactly(BigInteger.valueOf(8_000), BigInteger.valueOf(2_000), BigInteger.ZERO);

    server.startAgain();
    awaitField("cost:account:7", "total_nano", "10000");
    awaitField("cost:account:daily:7:2026-11-20", "total_nano", "2000");
    awaitField("cost:account:daily:7:2026-11-21", "requests", "8");
  }

  @Test
  void a_key_that_is_gone_is_read_from_the_books_and_comes_back_on_schedule() throws Exception {
    book(TODAY, 3, 3_000);
    awaitField("cost:account:7", "total_nano", "3000");
    await().until(() -> store.delete("cost:account:7").toCompletableFuture().join());
    assertThat(total().nanos()).isEqualTo(3_000);
    assertThat(fields("cost:account:7", "requests")).isEmpty();

    module.offers().all(RecurringJob.class).forEach(job -> job.work().run());
    assertThat(fields("cost:account:7", "requests", "total_nano")).containsExactly("3", "3000");
  }

  @Test
  void a_sum_that_somebody_changed_in_redis_is_put_right_on_schedule() throws Exception {
    book(TODAY, 3, 3_000);
    awaitField("cost:account:7", "total_nano", "3000");
    long unused =
        store
            .run(
                "return redis.call('HINCRBY', KEYS[1], 'total_nano', 5)",
                "cost:account:7",
                List.of())
            .toCompletableFuture()
            .join();
    module.offers().all(RecurringJob.class).forEach(job -> job.work().run());
    assertThat(fields("cost:account:7", "total_nano")).containsExactly("3000");
  }

  @Test
  void books_that_were_put_back_take_the_place_of_later_ones() throws Exception {
    book(TODAY, 3, 3_000);
    book(TODAY, 3, 3_000);
    awaitField("cost:account:7", "total_nano", "6000");
    sql(
        "UPDATE metering.ledger_identity SET id = gen_random_uuid();"
            + " UPDATE metering.account_cost SET version = 1, requests = 3, total_nano = 3000");
    module.offers().all(RecurringJob.class).forEach(job -> job.work().run());
    assertThat(fields("cost:account:7", "total_nano", "version")).containsExactly("3000", "1");
  }

  @Test
  void without_redis_the_books_answer() throws Exception {
    AccountCostModule without =
        AccountCostModule.over(
            house.database.transactions(), Optional.empty(), house.clock, Duration.ofMinutes(1));
    book(TODAY.minusDays(89), 1, 1_499);
    book(TODAY.minusDays(90), 1, 1_000_000);
    book(TODAY, 1, 1_001);
    AccountCostSummary summary =
        requireNonNull(without.costs().summaries(List.of(ACCOUNT, 8L)).get(ACCOUNT));
    assertThat(summary.total().nanos()).isEqualTo(1_002_500);
    assertThat(summary.today().nanos()).isEqualTo(1_001);
    assertThat(summary.recentUsd()).as("2,500 nano, a tie to the even one").hasToString("0.000002");
    assertThat(summary.recentRequests()).isEqualTo(2);
    assertThat(without.offers().all(RecurringJob.class)).isEmpty();
    assertThat(requireNonNull(without.costs().summaries(List.of(8L)).get(8L)).total().requests())
        .isZero();
  }

  private AccountCost total() {
    return requireNonNull(module.costs().summaries(List.of(ACCOUNT)).get(ACCOUNT)).total();
  }

  /** Books as a settlement does, and tells of it. */
  private List<AccountCost> book(LocalDate day, long requests, long nanos) throws SQLException {
    sql(
        """
        INSERT INTO metering.account_cost_day AS c VALUES (7, '%1$s', %2$d, %3$d, 1)
        ON CONFLICT (account_id, day) DO UPDATE SET requests = c.requests + %2$d,
          total_nano = c.total_nano + %3$d, version = c.version + 1;
        INSERT INTO metering.account_cost AS c VALUES (7, %2$d, %3$d, 1)
        ON CONFLICT (account_id) DO UPDATE SET requests = c.requests + %2$d,
          total_nano = c.total_nano + %3$d, version = c.version + 1
        """
            .formatted(day, requests, nanos));
    var queries = Metering.accountCosts();
    List<AccountCost> changed = new ArrayList<>();
    house.run(
        tx -> {
          changed.addAll(queries.totals(tx, List.of(ACCOUNT)).values());
          queries.days(tx, List.of(ACCOUNT), day, day).values().forEach(changed::addAll);
        });
    module.listener().changed(changed);
    return changed;
  }

  private void sql(String statement) throws SQLException {
    try (Connection connection = house.database.owner().getConnection();
        Statement sql = connection.createStatement()) {
      boolean _ = sql.execute(statement);
    }
  }

  private void awaitField(String key, String field, String value) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(fields(key, field)).containsExactly(value));
  }

  private List<String> fields(String key, String... names) {
    try {
      return store.fields(key, List.of(names)).toCompletableFuture().join().stream()
          .flatMap(Optional::stream)
          .toList();
    } catch (CompletionException _) {
      return List.of();
    }
  }

  private long life(String key) {
    return store
        .run("return redis.call('TTL', KEYS[1])", key, List.of())
        .toCompletableFuture()
        .join();
  }
}

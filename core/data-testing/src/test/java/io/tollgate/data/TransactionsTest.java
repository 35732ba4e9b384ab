package io.tollgate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class TransactionsTest {
  private static final OutboxEvent EVENT =
      OutboxEvent.of(new TenantId(1), "billing.7", "balance.changed", "{\"change\":1}");

  private final TestDatabase database = TestDatabase.create();
  private final Transactions transactions = database.transactions();

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void what_is_written_is_there_after_commit() {
    publish();
    assertThat(events()).isEqualTo(1);
  }

  @Test
  void a_body_that_fails_leaves_nothing_and_its_error_comes_out() {
    assertThatThrownBy(
            () ->
                transactions.write(
                    transaction -> {
                      transaction.publish(EVENT);
                      throw new IllegalStateException("changed my mind");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("changed my mind");
    assertThat(events()).isZero();
  }

  @Test
  void a_swallowed_sql_error_cannot_be_committed() {
    assertThatThrownBy(
            () ->
                transactions.write(
                    transaction -> {
                      transaction.publish(EVENT);
                      try {
                        transaction.sql().execute("SELECT 1 / 0");
                      } catch (DataAccessException e) {
                        return 0;
                      }
                      return 1;
                    }))
        .isInstanceOf(DatabaseException.class)
        .hasMessageContaining("its error was swallowed");
    assertThat(events()).isZero();
  }

  @Test
  void a_deadlock_is_run_again_until_both_are_done() throws Exception {
    ownerExecutes(
        "CREATE TABLE data.pair (id int PRIMARY KEY, n int NOT NULL)",
        "INSERT INTO data.pair VALUES (1, 0), (2, 0)",
        "ALTER SYSTEM SET deadlock_timeout = '100ms'",
        "SELECT pg_reload_conf()");
    CyclicBarrier bothHoldOne = new CyclicBarrier(2);
    AtomicInteger attempts = new AtomicInteger();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> both = new ArrayList<>();
      for (int first = 1; first <= 2; first++) {
        int one = first;
        both.add(
            executor.submit(
                () ->
                    transactions.write(
                        transaction -> {
                          boolean firstTime = attempts.incrementAndGet() <= 2;
                          increment(transaction, one);
                          if (firstTime) {
                            meet(bothHoldOne);
                          }
                          return increment(transaction, 3 - one);
                        })));
      }
      for (Future<?> each : both) {
        each.get(20, TimeUnit.SECONDS);
      }
    }
    assertThat(attempts.get()).isGreaterThanOrEqualTo(3);
    assertThat(number("SELECT sum(n) FROM data.pair")).isEqualTo(4);
  }

  @Test
  void a_connection_lost_at_commit_is_said_to_be_unknown() throws SQLException {
    // runs at COMMIT, and ends the session that commits
    ownerExecutes(
        "CREATE TABLE data.fragile (id int)",
        """
        CREATE FUNCTION data.hang_up() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        BEGIN
          PERFORM pg_terminate_backend(pg_backend_pid());
          PERFORM pg_sleep(5);
          RETURN NULL;
        END $$
        """,
        """
        CREATE CONSTRAINT TRIGGER hang_up AFTER INSERT ON data.fragile
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION data.hang_up()
        """);
    assertThatThrownBy(
            () ->
                transactions.write(
                    transaction ->
                        transaction.sql().execute("INSERT INTO data.fragile VALUES (1)")))
        .isInstanceOf(CommitUnknownException.class);
    publish();
    assertThat(events()).isEqualTo(1);
  }

  @Test
  void a_connection_lost_before_commit_is_unavailable_and_surely_undone() {
    assertThatThrownBy(
            () ->
                transactions.write(
                    transaction -> {
                      transaction.publish(EVENT);
                      int pid =
                          transaction
                              .sql()
                              .fetchSingle("SELECT pg_backend_pid()")
                              .get(0, int.class);
                      terminate(pid);
                      transaction.publish(EVENT);
                      return 0;
                    }))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    assertThat(events()).isZero();
  }

  @Test
  void a_connection_lost_when_a_reading_transaction_commits_is_unavailable() {
    assertThatThrownBy(
            () ->
                transactions.read(
                    transaction -> {
                      int pid =
                          transaction
                              .sql()
                              .fetchSingle("SELECT pg_backend_pid()")
                              .get(0, int.class);
                      terminate(pid);
                      return pid;
                    }))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE));
  }

  /** The server ends its session, as it does to a process that stands still with locks. */
  @Test
  void a_transaction_that_stands_still_is_ended_and_unavailable() {
    assertThatThrownBy(
            () ->
                transactions.write(
                    transaction -> {
                      transaction.publish(EVENT);
                      var sql = transaction.sql();
                      sql.execute("SET LOCAL idle_in_transaction_session_timeout = 20");
                      int pid = sql.fetchSingle("SELECT pg_backend_pid()").get(0, Integer.class);
                      awaitEnd(pid);
                      return sql.execute("SELECT 1");
                    }))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    assertThat(events()).isZero();
  }

  @Test
  void a_constraint_at_commit_is_an_error_and_not_unknown() throws SQLException {
    ownerExecutes(
        "CREATE TABLE data.late (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)",
        "INSERT INTO data.late VALUES (1)");
    assertThatThrownBy(
            () ->
                transactions.write(
                    transaction -> transaction.sql().execute("INSERT INTO data.late VALUES (1)")))
        .isNotInstanceOf(CommitUnknownException.class)
        .hasMessageContaining("duplicate key");
  }

  @Test
  void reading_transactions_may_not_write() {
    assertThatThrownBy(
            () ->
                transactions.read(
                    transaction -> {
                      transaction.publish(EVENT);
                      return 0;
                    }))
        .isInstanceOf(DataAccessException.class)
        .hasStackTraceContaining("read-only transaction");
    publish();
  }

  @Test
  void a_snapshot_does_not_see_what_is_committed_meanwhile() throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      int seen =
          transactions.snapshot(
              transaction -> {
                int before = count(transaction);
                await(executor.submit(this::publish));
                return count(transaction) - before;
              });
      assertThat(seen).isZero();
    }
    assertThat(events()).isEqualTo(1);
  }

  @Test
  void a_transaction_within_a_transaction_is_refused() {
    assertThatThrownBy(() -> transactions.write(outer -> transactions.read(inner -> 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("open already");
  }

  @Test
  void after_commit_runs_once_and_only_then() {
    List<String> ran = new ArrayList<>();
    transactions.write(
        transaction -> {
          transaction.afterCommit(() -> ran.add("first"));
          transaction.afterCommit(
              () -> {
                throw new IllegalStateException("does not reach the caller");
              });
          transaction.afterCommit(() -> ran.add("events " + events()));
          transaction.publish(EVENT);
          assertThat(ran).isEmpty();
          return 0;
        });
    assertThat(ran).containsExactly("first", "events 1");
  }

  @Test
  void when_no_connection_comes_free_in_time_the_caller_is_refused() throws Exception {
    DatabaseConfig config = database.config();
    DatabaseConfig impatient =
        new DatabaseConfig(
            config.url(),
            config.user(),
            config.password(),
            0,
            2,
            Duration.ofMillis(1_500),
            config.statementTimeout(),
            EventsConfig.DEFAULTS);
    try (Database small = Database.attach(impatient, new SimpleMeterRegistry(), new Random(1));
        Connection one = small.dataSource().getConnection();
        Connection two = small.dataSource().getConnection()) {
      assertThat(one.isValid(1) && two.isValid(1)).isTrue();
      assertThatThrownBy(() -> small.transactions().read(TransactionsTest::count))
          .isInstanceOfSatisfying(
              Refusal.class,
              refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }
  }

  @Test
  void the_application_is_no_owner_and_days_are_utc() {
    assertThat(text("SELECT current_user")).isEqualTo("tollgate_app");
    assertThat(text("SHOW timezone")).isEqualTo("UTC");
    assertThatThrownBy(() -> run("CREATE TABLE data.mine (id int)"))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> run("DELETE FROM data.flyway_history"))
        .hasMessageContaining("permission denied");
  }

  @Test
  void what_a_migration_revokes_the_application_may_not_do() throws SQLException {
    ownerExecutes(
        "CREATE TABLE data.only_grows (id int)",
        "REVOKE UPDATE, DELETE, TRUNCATE ON data.only_grows FROM tollgate_app");
    run("INSERT INTO data.only_grows VALUES (1)");
    assertThatThrownBy(() -> run("DELETE FROM data.only_grows"))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> run("UPDATE data.only_grows SET id = 2"))
        .hasMessageContaining("permission denied");
    assertThatThrownBy(() -> run("TRUNCATE data.only_grows"))
        .hasMessageContaining("permission denied");
  }

  private int publish() {
    return transactions.write(
        transaction -> {
          transaction.publish(EVENT);
          return 1;
        });
  }

  private int events() {
    return transactions.read(TransactionsTest::count);
  }

  private static int count(Transaction transaction) {
    return transaction.sql().fetchSingle("SELECT count(*) FROM data.outbox").get(0, int.class);
  }

  private int number(String query) {
    return Integer.parseInt(text(query));
  }

  private String text(String query) {
    return transactions.read(
        transaction -> transaction.sql().fetchSingle(query).get(0, String.class));
  }

  private void run(String statement) {
    int _ = transactions.write(transaction -> transaction.sql().execute(statement));
  }

  private static int increment(Transaction transaction, int id) {
    return transaction.sql().execute("UPDATE data.pair SET n = n + 1 WHERE id = ?", id);
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      int _ = barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static void await(Future<?> future) {
    try {
      Object _ = future.get(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void terminate(int pid) {
    try {
      ownerExecutes("SELECT pg_terminate_backend(" + pid + ", 5000)");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitEnd(int pid) {
    try (Connection owner = database.owner().getConnection();
        Statement statement = owner.createStatement()) {
      Awaitility.await()
          .until(
              () -> {
                try (ResultSet rows =
                    statement.executeQuery("SELECT 1 FROM pg_stat_activity WHERE pid = " + pid)) {
                  return !rows.next();
                }
              });
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  private void ownerExecutes(String... statements) throws SQLException {
    try (Connection connection = database.owner().getConnection();
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }
}

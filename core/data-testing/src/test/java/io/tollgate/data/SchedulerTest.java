package io.tollgate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.data.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class SchedulerTest {
  private final TestDatabase test = TestDatabase.create();
  private final List<Database> processes = new ArrayList<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger max = new AtomicInteger();
  private final AtomicInteger runs = new AtomicInteger();

  @AfterEach
  void close() {
    processes.forEach(Database::close);
    test.close();
  }

  @Test
  void a_job_runs_again_and_again_by_one_process_at_a_time() {
    for (int number = 0; number < 2; number++) {
      process(new RecurringJob("count", Duration.ofMillis(10), this::count)).start();
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> runs.get() >= 10);
    assertThat(max.get()).isEqualTo(1);
  }

  @Test
  void a_job_with_a_long_interval_runs_once_in_the_whole_cluster() {
    for (int number = 0; number < 3; number++) {
      process(new RecurringJob("daily", Duration.ofDays(1), this::count)).start();
    }
    await().until(() -> runs.get() == 1);
    await().during(Duration.ofMillis(500)).until(() -> runs.get() == 1);
  }

  @Test
  void a_job_that_ran_before_the_clock_was_set_back_runs_again() {
    process(new RecurringJob("daily", Duration.ofDays(1), this::count)).start();
    await().until(() -> runs.get() == 1);
    int changed =
        test.transactions()
            .write(
                transaction ->
                    transaction
                        .sql()
                        .execute(
                            "UPDATE data.job SET started_at = started_at + interval '90 days',"
                                + " next_run_at = next_run_at + interval '90 days'"
                                + " WHERE name = 'daily'"));
    assertThat(changed).isOne();
    process(new RecurringJob("daily", Duration.ofDays(1), this::count)).start();
    await().until(() -> runs.get() == 2);
    await().during(Duration.ofMillis(300)).until(() -> runs.get() == 2);
  }

  @Test
  void a_job_that_fails_runs_again_and_the_failures_are_counted() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Database process =
        process(
            registry,
            new RecurringJob(
                "fragile",
                Duration.ofMillis(10),
                () -> {
                  if (runs.incrementAndGet() <= 2) {
                    throw new IllegalStateException("not now");
                  }
                }));
    process.start();
    await().until(() -> runs.get() >= 4);
    assertThat(registry.get("tollgate.job").tags("job", "fragile", "outcome", "failed").timer())
        .satisfies(timer -> assertThat(timer.count()).isEqualTo(2));
  }

  @Test
  void a_run_under_way_ends_before_the_database_is_closed() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicInteger answer = new AtomicInteger();
    RecurringJob job =
        new RecurringJob(
            "slow",
            Duration.ofHours(1),
            () -> {
              begun.countDown();
              answer.set(
                  test.transactions()
                      .read(
                          transaction ->
                              transaction
                                  .sql()
                                  .fetchSingle("SELECT 42 FROM pg_sleep(0.3)")
                                  .get(0, int.class)));
            });
    Database process = process(job);
    process.start();
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
    process.close();
    assertThat(answer.get()).isEqualTo(42);
  }

  @Test
  void more_jobs_than_there_are_connections_run_at_once_and_reach_the_database() {
    int jobs = test.config().poolSize() + 10;
    CountDownLatch all = new CountDownLatch(jobs);
    Database process = process(new RecurringJob("first", Duration.ofDays(1), () -> {}));
    for (int i = 0; i < jobs; i++) {
      RecurringJob job = new RecurringJob("job-" + i, Duration.ofDays(1), () -> meet(all, process));
      process.scheduler().schedule(job);
    }
    process.start();
    await().atMost(Duration.ofSeconds(30)).until(() -> runs.get() == jobs);
  }

  /** Goes on when all have come so far. */
  private void meet(CountDownLatch all, Database process) {
    all.countDown();
    try {
      if (!all.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException(all.getCount() + " jobs have not begun");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    int one =
        process
            .transactions()
            .read(transaction -> transaction.sql().fetchSingle("SELECT 1").get(0, int.class));
    runs.addAndGet(one);
  }

  @Test
  void what_is_not_said_right_is_refused() {
    assertThatThrownBy(() -> new RecurringJob("", Duration.ofSeconds(1), () -> {}))
        .hasMessageContaining("1 to 100 characters");
    assertThatThrownBy(() -> new RecurringJob("never", Duration.ZERO, () -> {}))
        .hasMessage("interval of job never: PT0S (expected: PT0.01S to PT744H)");
    Database process = process(new RecurringJob("same", Duration.ofSeconds(1), () -> {}));
    assertThatThrownBy(
            () ->
                process
                    .scheduler()
                    .schedule(new RecurringJob("same", Duration.ofDays(1), () -> {})))
        .hasMessageContaining("two jobs are called same");
  }

  private void count() {
    max.accumulateAndGet(running.incrementAndGet(), Math::max);
    LockSupport.parkNanos(1_000_000);
    running.decrementAndGet();
    runs.incrementAndGet();
  }

  private Database process(RecurringJob job) {
    return process(new SimpleMeterRegistry(), job);
  }

  private Database process(SimpleMeterRegistry registry, RecurringJob job) {
    Database process = Database.attach(test.config(), registry, new Random(processes.size()));
    processes.add(process);
    process.scheduler().schedule(job);
    return process;
  }
}

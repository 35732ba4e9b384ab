package io.tollgate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class OutboxTest {
  private final TestDatabase test = TestDatabase.create();
  private final List<Database> processes = new ArrayList<>();

  @AfterEach
  void close() {
    processes.forEach(Database::close);
    test.close();
  }

  @Test
  void events_of_one_writer_come_in_the_order_of_writing() {
    Recorder recorder = new Recorder("audit");
    Database process = process();
    process.outbox().subscribe(recorder);
    process.start();
    for (int number = 1; number <= 40; number++) {
      publish(number);
    }
    await().untilAsserted(() -> assertThat(recorder.types()).hasSize(40));
    assertThat(recorder.types()).isEqualTo(numbers(1, 40));
  }

  @Test
  void an_event_that_commits_late_is_not_passed_over() throws Exception {
    Recorder recorder = new Recorder("audit");
    Database process = process();
    process.outbox().subscribe(recorder);
    process.start();
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch mayCommit = new CountDownLatch(1);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> slow =
          executor.submit(
              () ->
                  test.transactions()
                      .write(
                          transaction -> {
                            Object _ = transaction.sql().fetch("SELECT pg_current_xact_id()");
                            transaction.publish(event(1));
                            written.countDown();
                            return takes(mayCommit);
                          }));
      assertThat(written.await(10, TimeUnit.SECONDS)).isTrue();
      publish(2);
      // committed first, and yet it has to wait: what belongs before it is not certain
      await()
          .during(Duration.ofMillis(600))
          .untilAsserted(() -> assertThat(recorder.types()).isEmpty());
      mayCommit.countDown();
      Object _ = slow.get(10, TimeUnit.SECONDS);
    }
    await().untilAsserted(() -> assertThat(recorder.types()).containsExactly("2", "1"));
  }

  @Test
  void a_subscriber_that_fails_gets_the_same_events_again() {
    AtomicInteger failures = new AtomicInteger();
    Recorder recorder =
        new Recorder("audit") {
          @Override
          public void receive(List<DeliveredEvent> events) {
            if (failures.incrementAndGet() <= 2) {
              throw new IllegalStateException("not now");
            }
            super.receive(events);
          }
        };
    Recorder other = new Recorder("other");
    Database process = process();
    process.outbox().subscribe(recorder);
    process.outbox().subscribe(other);
    publish(1);
    process.start();
    await().untilAsserted(() -> assertThat(recorder.types()).containsExactly("1"));
    assertThat(failures.get()).isEqualTo(3);
    await().untilAsserted(() -> assertThat(other.types()).containsExactly("1"));
  }

  @Test
  void after_a_restart_it_goes_on_where_it_was() {
    Recorder before = new Recorder("audit");
    Database first = process();
    first.outbox().subscribe(before);
    first.start();
    publish(1);
    await().untilAsserted(() -> assertThat(before.types()).containsExactly("1"));
    first.close();
    publish(2);

    Recorder after = new Recorder("audit");
    Database second = process();
    second.outbox().subscribe(after);
    second.start();
    await().untilAsserted(() -> assertThat(after.types()).containsExactly("2"));
  }

  @Test
  void two_processes_share_a_subscriber_and_each_event_arrives() {
    List<String> seen = new CopyOnWriteArrayList<>();
    for (int number = 0; number < 2; number++) {
      Database process = process();
      process.outbox().subscribe(new Recorder("audit", seen));
      process.start();
    }
    for (int number = 1; number <= 60; number++) {
      publish(number);
    }
    await().untilAsserted(() -> assertThat(new HashSet<>(seen)).hasSize(60));
    assertThat(seen).isEqualTo(numbers(1, 60));
  }

  @Test
  void old_events_are_forgotten_unless_somebody_waits_for_them() throws SQLException {
    publish(1);
    publish(2);
    Recorder recorder = new Recorder("audit");
    Database process = process();
    process.outbox().subscribe(recorder);
    process.start();
    await().untilAsserted(() -> assertThat(recorder.types()).containsExactly("1", "2"));
    process.close();
    publish(3);
    ownerExecutes("UPDATE data.outbox SET created_at = created_at - interval '25 hours'");
    ownerExecutes("UPDATE data.job SET next_run_at = clock_timestamp()");
    Database later = process();
    later.start();
    await().untilAsserted(() -> assertThat(left()).isEqualTo(1));
  }

  @Test
  void events_that_wait_longer_than_they_may_are_dropped_and_counted() throws SQLException {
    Recorder recorder =
        new Recorder("audit") {
          @Override
          public void receive(List<DeliveredEvent> events) {
            throw new IllegalStateException("away");
          }
        };
    publish(1);
    ownerExecutes("UPDATE data.outbox SET created_at = created_at - interval '2 hours'");
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Database process = Database.attach(test.config(), registry, new Random(1));
    processes.add(process);
    process.outbox().subscribe(recorder);
    process.start();
    await()
        .until(
            () ->
                registry.get("tollgate.outbox.alarm").tag("subscriber", "audit").gauge().value()
                    == 1);
    ownerExecutes("UPDATE data.outbox SET created_at = created_at - interval '167 hours'");
    publish(2);
    // a process looks for what is due when it starts
    process.close();
    ownerExecutes("UPDATE data.job SET next_run_at = clock_timestamp()");
    SimpleMeterRegistry later = new SimpleMeterRegistry();
    Database again = Database.attach(test.config(), later, new Random(2));
    processes.add(again);
    again.outbox().subscribe(recorder);
    again.start();
    await().untilAsserted(() -> assertThat(left()).isEqualTo(1));
    await()
        .untilAsserted(
            () -> assertThat(later.get("tollgate.outbox.lost").counter().count()).isEqualTo(1));
  }

  @Test
  void what_is_not_said_right_is_refused() {
    Database process = process();
    process.outbox().subscribe(new Recorder("audit"));
    assertThatThrownBy(() -> process.outbox().subscribe(new Recorder("audit")))
        .hasMessageContaining("two subscribers are called audit");
    assertThatThrownBy(() -> process.outbox().subscribe(new Recorder("")))
        .hasMessageContaining("expected: 1 to 100 characters");
    process.start();
    assertThatThrownBy(() -> process.outbox().subscribe(new Recorder("late")))
        .hasMessageContaining("before the start");
  }

  private Database process() {
    Database process =
        Database.attach(test.config(), new SimpleMeterRegistry(), new Random(processes.size()));
    processes.add(process);
    return process;
  }

  private void publish(int number) {
    Object _ =
        test.transactions()
            .write(
                transaction -> {
                  transaction.publish(event(number));
                  return number;
                });
  }

  private static OutboxEvent event(int number) {
    return OutboxEvent.of(new TenantId(1), "billing.7", Integer.toString(number), "{}");
  }

  private static List<String> numbers(int first, int last) {
    List<String> numbers = new ArrayList<>();
    for (int number = first; number <= last; number++) {
      numbers.add(Integer.toString(number));
    }
    return numbers;
  }

  private static boolean takes(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private int left() {
    return test.transactions()
        .read(
            transaction ->
                transaction
                    .sql()
                    .fetchSingle("SELECT count(*) FROM data.outbox")
                    .get(0, int.class));
  }

  private void ownerExecutes(String text) throws SQLException {
    try (Connection connection = test.owner().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(text);
    }
  }

  private static class Recorder implements EventSubscriber {
    private final String name;
    private final List<String> types;

    Recorder(String name) {
      this(name, new CopyOnWriteArrayList<>());
    }

    Recorder(String name, List<String> types) {
      this.name = name;
      this.types = types;
    }

    List<String> types() {
      return types;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void receive(List<DeliveredEvent> events) {
      events.forEach(event -> types.add(event.event().type()));
    }
  }
}

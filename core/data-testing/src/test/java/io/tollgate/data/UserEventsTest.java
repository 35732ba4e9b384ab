package io.tollgate.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class UserEventsTest {
  private static final TenantId TENANT = new TenantId(1);
  private static final UserId ANN = new UserId(7);
  private static final UserId BEN = new UserId(8);

  private final TestDatabase test = TestDatabase.create();
  private final List<Database> processes = new ArrayList<>();

  @AfterEach
  void close() {
    processes.forEach(Database::close);
    test.close();
  }

  @Test
  void each_event_of_a_user_has_a_version_and_knows_the_one_before() {
    publish(ANN, 2);
    publish(BEN, 1);
    publish(ANN, 1);
    UserEvents.Page page = after(ANN, 0, 10);
    assertThat(page.events()).extracting(DeliveredEvent::version).containsExactly(1L, 2L, 3L);
    assertThat(page.events()).extracting(DeliveredEvent::previous).containsExactly(0L, 1L, 2L);
    assertThat(page.whole()).isTrue();
    assertThat(page.more()).isFalse();
    assertThat(version(ANN)).isEqualTo(3);
    assertThat(version(BEN)).isEqualTo(1);
    assertThat(version(new UserId(9))).isZero();
  }

  @Test
  void a_change_that_no_event_tells_of_counts_too_and_leaves_no_gap() {
    publish(ANN, 1);
    long seenInside =
        write(
            transaction -> {
              transaction.changed(ANN);
              transaction.changed(ANN);
              return transaction.version(ANN);
            });
    assertThat(seenInside).isEqualTo(2);
    assertThat(version(ANN)).isEqualTo(2);
    assertThat(after(ANN, 1, 10).whole()).isTrue();
    assertThat(after(ANN, 1, 10).events()).isEmpty();
    publish(ANN, 1);
    assertThat(after(ANN, 1, 10).events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.version()).isEqualTo(3);
              assertThat(event.previous()).isEqualTo(1);
            });
  }

  @Test
  void what_is_rolled_back_takes_no_version() {
    publish(ANN, 1);
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    write(
                        transaction -> {
                          transaction.publish(event(ANN, 1));
                          throw new IllegalStateException("no");
                        })))
        .hasMessage("no");
    publish(ANN, 1);
    assertThat(after(ANN, 0, 10).events())
        .extracting(DeliveredEvent::version)
        .containsExactly(1L, 2L);
  }

  @Test
  void who_resumes_from_before_what_is_kept_is_told_that_something_is_missing()
      throws SQLException {
    publish(ANN, 3);
    ownerExecutes("DELETE FROM data.outbox WHERE version <= 2");
    assertThat(after(ANN, 1, 10).whole()).isFalse();
    assertThat(after(ANN, 2, 10).whole()).isTrue();
    ownerExecutes("DELETE FROM data.outbox");
    assertThat(after(ANN, 2, 10).whole()).isFalse();
    assertThat(after(ANN, 3, 10).whole()).isTrue();
  }

  @Test
  void pages_end_where_they_are_full() {
    publish(ANN, 30);
    UserEvents.Page page = after(ANN, 5, 10);
    assertThat(page.events()).hasSize(10);
    assertThat(page.events().getLast().version()).isEqualTo(15);
    assertThat(page.more()).isTrue();
    assertThat(page.whole()).isTrue();
  }

  @Test
  void every_process_hears_every_event_once_and_those_of_a_user_in_order() throws Exception {
    Recorder one = process();
    Recorder two = process();
    int writers = 20;
    int rounds = 15;
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        Random random = new Random(writer);
        all.add(
            executor.submit(
                () -> {
                  for (int round = 0; round < rounds; round++) {
                    publishToMany(random);
                  }
                }));
      }
      for (Future<?> each : all) {
        Object _ = each.get(60, TimeUnit.SECONDS);
      }
    }
    for (Recorder recorder : List.of(one, two)) {
      for (int user = 1; user <= 5; user++) {
        UserId id = new UserId(user);
        long last = version(id);
        await().untilAsserted(() -> assertThat(recorder.versions(id)).hasSize((int) last));
        assertThat(recorder.versions(id))
            .isEqualTo(IntStream.rangeClosed(1, (int) last).mapToObj(v -> (long) v).toList());
      }
    }
  }

  @Test
  void a_transaction_that_runs_long_delays_no_events_of_others() throws Exception {
    Recorder recorder = process();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> slow =
          executor.submit(
              () ->
                  write(
                      transaction -> {
                        Object _ = transaction.sql().fetch("SELECT pg_current_xact_id()");
                        transaction.publish(event(BEN, 1));
                        begun.countDown();
                        return takes(mayEnd);
                      }));
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      publish(ANN, 1);
      await().untilAsserted(() -> assertThat(recorder.versions(ANN)).containsExactly(1L));
      assertThat(recorder.versions(BEN)).isEmpty();
      mayEnd.countDown();
      Object _ = slow.get(10, TimeUnit.SECONDS);
    }
    await().untilAsserted(() -> assertThat(recorder.versions(BEN)).containsExactly(1L));
    assertThat(recorder.versions(ANN)).containsExactly(1L);
  }

  @Test
  void who_wants_nothing_for_a_while_hears_what_is_committed_after_beginning_again() {
    Recorder recorder = process();
    publish(ANN, 1);
    await().untilAsserted(() -> assertThat(recorder.versions(ANN)).containsExactly(1L));
    recorder.wants = false;
    await().until(() -> recorder.asked > 0);
    recorder.asked = 0;
    publish(ANN, 1);
    await().during(Duration.ofMillis(400)).until(() -> recorder.versions(ANN).size() == 1);
    recorder.wants = true;
    recorder.database.liveEvents().begin();
    publish(ANN, 1);
    await().untilAsserted(() -> assertThat(recorder.versions(ANN)).containsExactly(1L, 3L));
  }

  @Test
  void a_subscriber_gets_the_events_of_a_user_in_order_whichever_transaction_began_first()
      throws Exception {
    Database process = attach();
    List<Long> versions = new CopyOnWriteArrayList<>();
    process.outbox().subscribe(subscriber(versions));
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayWrite = new CountDownLatch(1);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> first =
          executor.submit(
              () ->
                  write(
                      transaction -> {
                        Object _ = transaction.sql().fetch("SELECT pg_current_xact_id()");
                        begun.countDown();
                        boolean told = takes(mayWrite);
                        transaction.publish(event(ANN, 1));
                        return told;
                      }));
      assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
      // has the higher transaction id, and is the user's first event
      publish(ANN, 600);
      mayWrite.countDown();
      Object _ = first.get(10, TimeUnit.SECONDS);
    }
    process.start();
    await().untilAsserted(() -> assertThat(versions).hasSize(601));
    assertThat(versions).isSorted().doesNotHaveDuplicates();
  }

  private static EventSubscriber subscriber(List<Long> versions) {
    return new EventSubscriber() {
      @Override
      public String name() {
        return "bus";
      }

      @Override
      public void receive(List<DeliveredEvent> events) {
        events.forEach(event -> versions.add(event.version()));
      }
    };
  }

  private void publishToMany(Random random) {
    Object _ =
        write(
            transaction -> {
              int events = 1 + random.nextInt(random.nextInt(4) == 0 ? 60 : 4);
              for (int i = 0; i < events; i++) {
                transaction.publish(event(new UserId(1 + random.nextInt(5)), i));
              }
              return events;
            });
  }

  private void publish(UserId user, int events) {
    Object _ =
        write(
            transaction -> {
              for (int i = 0; i < events; i++) {
                transaction.publish(event(user, i));
              }
              return events;
            });
  }

  private static OutboxEvent event(UserId user, int number) {
    return OutboxEvent.billing(TENANT, user, "balance.changed", "{\"n\":%d}".formatted(number));
  }

  private <T> T write(TransactionBody<T> body) {
    return test.transactions().write(body);
  }

  private UserEvents.Page after(UserId user, long version, int max) {
    UserEvents events = test.database().userEvents();
    return test.transactions().read(transaction -> events.after(transaction, user, version, max));
  }

  private long version(UserId user) {
    return test.transactions().read(transaction -> transaction.version(user));
  }

  private Database attach() {
    Database process =
        Database.attach(test.config(), new SimpleMeterRegistry(), new Random(processes.size()));
    processes.add(process);
    return process;
  }

  private Recorder process() {
    Database process = attach();
    Recorder recorder = new Recorder(process);
    process.liveEvents().subscribe(recorder);
    process.liveEvents().begin();
    process.start();
    return recorder;
  }

  private static boolean takes(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void ownerExecutes(String text) throws SQLException {
    try (Connection connection = test.owner().getConnection();
        Statement statement = connection.createStatement()) {
      boolean unused = statement.execute(text);
    }
  }

  private static final class Recorder implements LiveEvents.Listener {
    private final Database database;
    private final List<DeliveredEvent> heard = new CopyOnWriteArrayList<>();
    private volatile boolean wants = true;
    private volatile int asked;

    Recorder(Database database) {
      this.database = database;
    }

    List<Long> versions(UserId user) {
      return heard.stream()
          .filter(event -> event.event().user().filter(user::equals).isPresent())
          .map(DeliveredEvent::version)
          .toList();
    }

    @Override
    public boolean wants() {
      if (!wants) {
        asked = 1;
      }
      return wants;
    }

    @Override
    public void committed(List<DeliveredEvent> events) {
      heard.addAll(events);
    }
  }
}

package io.tollgate.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.data.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DatabaseClockTest {
  private static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  private final AtomicReference<Instant> there = new AtomicReference<>(START);
  private final AtomicLong nanos = new AtomicLong(7);
  private final AtomicLong wayNanos = new AtomicLong();
  private final DatabaseClock clock =
      new DatabaseClock(
          () -> {
            Instant said = there.get();
            nanos.addAndGet(wayNanos.get());
            return said;
          },
          nanos::get);

  @Test
  void between_contacts_time_is_monotonic() {
    assertThat(clock.instant()).isEqualTo(START);
    nanos.addAndGet(Duration.ofHours(3).toNanos());
    assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofHours(3)));
  }

  @Test
  void a_database_that_went_another_way_is_followed_forth_and_back() {
    pass(Duration.ofSeconds(5));
    there.set(START.plus(Duration.ofDays(90)));
    clock.contact();
    assertThat(clock.instant()).isEqualTo(START.plus(Duration.ofDays(90)));
    there.set(START.minus(Duration.ofDays(90)));
    clock.contact();
    assertThat(clock.instant()).isEqualTo(START.minus(Duration.ofDays(90)));
  }

  @Test
  void what_the_way_explains_does_not_move_time() {
    wayNanos.set(Duration.ofMillis(300).toNanos());
    pass(Duration.ofSeconds(5));
    clock.contact();
    // the answer is 300 ms old when it comes, and time has not gone back by them
    assertThat(clock.instant()).isEqualTo(START.plusMillis(5_300));
  }

  @Test
  void time_is_never_ahead_of_what_the_database_said_by_more_than_the_way() {
    // the clock of this machine runs a tenth too fast
    for (int i = 0; i < 100; i++) {
      nanos.addAndGet(Duration.ofMillis(1_100).toNanos());
      there.updateAndGet(at -> at.plusSeconds(1));
      clock.contact();
      assertThat(clock.instant()).isEqualTo(there.get());
    }
  }

  @Test
  @Tag("slow")
  void the_clock_of_a_database_has_its_time() {
    try (TestDatabase database = TestDatabase.create()) {
      Instant before = now(database);
      Instant ours = database.database().clock().instant();
      Instant after = now(database);
      assertThat(ours)
          .isBetween(before.minus(Duration.ofSeconds(5)), after.plus(Duration.ofMillis(1)));
      database.database().clock().contact();
      assertThat(database.database().clock().instant()).isAfterOrEqualTo(after);
    }
  }

  private static Instant now(TestDatabase database) {
    return database
        .transactions()
        .read(tx -> tx.sql().fetchSingle("SELECT clock_timestamp()").get(0, Instant.class));
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
    there.updateAndGet(at -> at.plus(time));
  }
}

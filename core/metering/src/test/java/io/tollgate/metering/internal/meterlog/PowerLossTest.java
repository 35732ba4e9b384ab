package io.tollgate.metering.internal.meterlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PowerLossTest {
  private static final int RUNS = 4_000;

  @Test
  void what_was_on_disk_is_there_after_a_power_cut() throws Exception {
    int holes = 0;
    int torn = 0;
    for (long seed = 0; seed < RUNS; seed++) {
      UnsafeStorage storage = new UnsafeStorage(seed);
      Optional<LogEnd> end = violation(storage, seed);
      holes += end.isPresent() && end.get() instanceof LogEnd.Hole ? 1 : 0;
      torn += end.isPresent() && end.get() instanceof LogEnd.TornTail ? 1 : 0;
    }
    // the storage really does lose and reorder
    assertThat(holes).isGreaterThan(RUNS / 100);
    assertThat(torn).isGreaterThan(RUNS / 100);
  }

  @Test
  void a_disk_that_does_not_keep_what_it_forced_is_found() {
    int found = 0;
    for (long seed = 0; seed < 100; seed++) {
      UnsafeStorage storage = new UnsafeStorage(seed);
      storage.lies = true;
      try {
        Optional<LogEnd> end = violation(storage, seed);
        assertThat(end).isPresent();
      } catch (AssertionError | IOException e) {
        found++;
      }
    }
    assertThat(found).isGreaterThan(50);
  }

  private static Optional<LogEnd> violation(UnsafeStorage storage, long seed) throws IOException {
    Random random = new Random(seed);
    storage.failForceAt = 1 + random.nextInt(40);
    storage.shortWriteAt = random.nextInt(4) == 0 ? random.nextInt(40) : Integer.MAX_VALUE;
    long acknowledged = 0;
    Optional<WrittenLog> log = Optional.empty();
    try {
      WrittenLog written = new WrittenLog(storage, seed);
      log = Optional.of(written);
      for (int group = random.nextInt(30); group > 0; group--) {
        for (int i = random.nextInt(8); i > 0; i--) {
          written.step();
        }
        if (random.nextInt(3) == 0) {
          written.writer.flush();
        }
        acknowledged = written.writer.force().sequence();
      }
      for (int i = random.nextInt(20); i > 0; i--) {
        written.step();
        written.writer.flush();
      }
    } catch (LogStopped e) {
      // the moment of the cut
    }
    storage.cutPower();

    if (log.isEmpty()) {
      return Optional.empty(); // not even the header was acknowledged
    }
    ReadLog read = ReadLog.of(storage);
    List<LogRecord> records = read.records();
    assertThat(records.size()).as("seed %d", seed).isGreaterThanOrEqualTo((int) acknowledged);
    int known = Math.min(records.size(), log.get().records.size());
    assertThat(records.subList(0, known))
        .as("seed %d", seed)
        .isEqualTo(log.get().records.subList(0, known));
    assertThat(records.size()).isLessThanOrEqualTo(log.get().records.size() + 1);
    assertThat(read.scan().damaged(acknowledged)).as("seed %d", seed).isFalse();
    return Optional.of(read.scan().end());
  }
}

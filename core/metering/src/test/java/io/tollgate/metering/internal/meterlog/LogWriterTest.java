package io.tollgate.metering.internal.meterlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogWriterTest {
  @Test
  void every_admitted_intent_has_room_for_its_largest_result_on_a_full_disk() throws Exception {
    for (long seed = 0; seed < 200; seed++) {
      UnsafeStorage storage = new UnsafeStorage(seed);
      storage.quotaBytes = LogWriter.MIN_SEGMENT_BYTES * (1 + (int) (seed % 4));
      WrittenLog log = new WrittenLog(storage, seed);
      int refused = 0;
      while (refused < 20) {
        refused += log.step() ? 0 : 1;
      }

      log.finishAll();
      log.close();

      ReadLog read = ReadLog.of(storage);
      assertThat(read.records()).as("seed %d", seed).isEqualTo(log.records);
      assertThat(read.scan().end()).isInstanceOf(LogEnd.Closed.class);
    }
  }

  @Test
  void intents_are_admitted_again_when_there_is_space_again() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(1);
    storage.quotaBytes = LogWriter.MIN_SEGMENT_BYTES;
    WrittenLog log = new WrittenLog(storage, 1);
    SomeRecords some = new SomeRecords(2);
    while (log.writer.admit(some.intent()).isPresent()) {
      log.writer.flush();
    }

    storage.quotaBytes = Integer.MAX_VALUE;

    assertThat(log.writer.admit(some.intent())).isEmpty(); // asks for a segment
    assertThat(log.writer.admit(some.intent())).isPresent();
  }

  @Test
  void a_short_write_stops_the_log() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(2);
    storage.shortWriteAt = 1;
    WrittenLog log = new WrittenLog(storage, 2);
    log.step();

    assertThatThrownBy(log.writer::flush)
        .isInstanceOf(LogStopped.class)
        .hasMessageContaining("fell short");
    assertThatThrownBy(log::step).isInstanceOf(LogStopped.class);
    assertThatThrownBy(log.writer::force).isInstanceOf(LogStopped.class);
    assertThat(ReadLog.of(storage).scan().last().sequence()).isZero();
  }

  @Test
  void an_fsync_that_fails_stops_the_log_for_good() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(3);
    storage.failForceAt = 1;
    WrittenLog log = new WrittenLog(storage, 3);
    log.step();

    assertThatThrownBy(log.writer::force)
        .isInstanceOf(LogStopped.class)
        .hasMessageContaining("fsync");
    assertThatThrownBy(log.writer::force).isInstanceOf(LogStopped.class);
    assertThatThrownBy(log::step).isInstanceOf(LogStopped.class);
  }

  @Test
  void a_result_without_intent_is_a_mistake_that_writes_nothing() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(4);
    WrittenLog log = new WrittenLog(storage, 4);
    SomeRecords some = new SomeRecords(4);

    assertThatThrownBy(() -> log.writer.finish(some.result(some.charge())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected: an open intent");
    assertThat(log.step()).isTrue();
  }

  @Test
  void a_storage_that_holds_a_log_is_not_written_over() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(5);
    WrittenLog.of(storage, 5, 5);

    assertThatThrownBy(() -> new WrittenLog(storage, 6)).isInstanceOf(IOException.class);
  }

  @Test
  void the_first_segments_are_small_and_those_after_them_as_large_as_asked_for(
      @TempDir Path directory) throws Exception {
    LogStorage storage = FileLogStorage.in(directory);
    WrittenLog log = new WrittenLog(storage, 7, 8 << 20);
    while (log.writer.segmentNumber() < 3) {
      log.step();
    }
    log.finishAll();
    log.close();

    assertThat(storage.segments().stream().map(name -> directory.resolve(name).toFile().length()))
        .containsExactly(2L << 20, 8L << 20, 8L << 20);
    assertThat(ReadLog.of(storage).records()).isEqualTo(log.records);
    assertThat(SegmentSupply.bytes(Integer.MAX_VALUE, 32 << 20)).isEqualTo(32 << 20);
    assertThat(SegmentSupply.bytes(1, 1 << 20)).as("never more than asked for").isEqualTo(1 << 20);
  }
}

package io.tollgate.metering.internal.meterlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.metering.internal.meterlog.LogCursor.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogCursorTest {
  private static final String FIRST = SegmentHeader.fileName(1);

  @Test
  void everything_up_to_the_bound_is_given_once_while_the_log_grows() throws Exception {
    for (long seed = 1; seed <= 40; seed++) {
      follows(new UnsafeStorage(seed), seed, 400);
    }
  }

  @Test
  void a_log_on_disk_reads_the_same(@TempDir Path folder) throws Exception {
    follows(FileLogStorage.in(folder.resolve("log")), 1, 3_000);
  }

  private static void follows(LogStorage storage, long seed, int records) throws IOException {
    WrittenLog log = new WrittenLog(storage, seed);
    LogCursor cursor = LogCursor.at(storage, log.identity, 1);
    Random random = new Random(seed);
    List<Entry> read = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      log.step();
      if (random.nextInt(9) == 0) {
        long bound = log.writer.force().sequence();
        drain(cursor, random.nextLong(bound + 1), read);
        assertThat(cursor.position().sequence()).isLessThanOrEqualTo(bound);
      }
    }
    log.close();
    drain(cursor, Long.MAX_VALUE, read, log.records.size());

    assertThat(read.stream().map(Entry::record)).isEqualTo(log.records);
    assertThat(read.stream().map(Entry::position)).isEqualTo(log.positions);
  }

  @Test
  void a_later_segment_begins_where_its_header_says() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(3);
    WrittenLog log = WrittenLog.of(storage, 3, 300);
    List<Entry> all = new ArrayList<>();
    drain(LogCursor.at(storage, log.identity, 1), log.records.size(), all);
    int third = 3;
    storage.delete(FIRST);

    List<Entry> read = new ArrayList<>();
    drain(LogCursor.at(storage, log.identity, third), log.records.size(), read);

    assertThat(read)
        .isNotEmpty()
        .isEqualTo(all.stream().filter(entry -> entry.segment() >= third).toList());
  }

  @Test
  void a_record_that_must_be_there_and_is_not_is_named() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(4);
    WrittenLog log = WrittenLog.of(storage, 4, 20);
    LogCursor cursor = LogCursor.at(storage, log.identity, 1);
    drain(cursor, 20, new ArrayList<>());

    assertThat(cursor.next(20)).isEmpty();
    assertThatThrownBy(() -> cursor.next(21))
        .isInstanceOf(UnreadableLog.class)
        .hasMessageContaining("record 21 is missing in " + FIRST);
  }

  @Test
  void another_log_and_a_missing_segment_are_refused() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(5);
    WrittenLog log = WrittenLog.of(storage, 5, 20);

    assertThatThrownBy(() -> LogCursor.at(storage, SomeRecords.identity(6), 1))
        .isInstanceOf(UnreadableLog.class);
    assertThatThrownBy(() -> LogCursor.at(storage, log.identity, 7))
        .isInstanceOf(UnreadableLog.class)
        .hasMessageContaining("is missing");
  }

  @Test
  void the_start_is_the_position_before_the_first_record() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(6);
    WrittenLog log = WrittenLog.of(storage, 6, 1);

    assertThat(LogCursor.start(log.identity.log()))
        .isEqualTo(LogCursor.at(storage, log.identity, 1).position());
  }

  private static void drain(LogCursor cursor, long through, List<Entry> into) throws IOException {
    for (Optional<Entry> next = cursor.next(through);
        next.isPresent();
        next = cursor.next(through)) {
      into.add(next.get());
    }
  }

  private static void drain(LogCursor cursor, long through, List<Entry> into, int max)
      throws IOException {
    while (into.size() < max) {
      into.add(cursor.next(through).orElseThrow());
    }
  }
}

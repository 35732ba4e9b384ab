package io.tollgate.metering.internal.meterlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LogDamageTest {
  private static final String FIRST = SegmentHeader.fileName(1);
  private static final String SECOND = SegmentHeader.fileName(2);

  @Test
  void cut_at_any_byte_only_true_records_are_read() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(7);
    WrittenLog log = WrittenLog.of(storage, 7, 12);
    byte[] whole = storage.read(FIRST);
    long used = place(storage, 11) + 1_000;

    for (int length = 0; length < used; length++) {
      ReadLog read = read(Arrays.copyOf(whole, length));

      requirePrefix(read, log, "cut at " + length);
      assertThat(read.scan().end())
          .as("cut at %d", length)
          .isNotInstanceOf(LogEnd.Hole.class)
          .isNotInstanceOf(LogEnd.Closed.class);
    }
  }

  @Test
  void with_any_byte_changed_only_true_records_are_read() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(8);
    WrittenLog log = WrittenLog.of(storage, 8, 12);
    byte[] whole = storage.read(FIRST);
    long used = place(storage, 11) + 1_000;
    Random random = new Random(8);

    for (int at = 0; at < used; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= (byte) (1 << random.nextInt(8));
      ReadLog read = read(changed);

      requirePrefix(read, log, "changed at " + at);
      assertThat(
              read.records().size() == log.records.size()
                  && read.scan().end() instanceof LogEnd.Open)
          .as("changed at %d and not seen", at)
          .isFalse();
    }
  }

  @Test
  void a_last_record_that_is_broken_is_a_torn_tail() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(9);
    WrittenLog log = WrittenLog.of(storage, 9, 10);
    long last = place(storage, 9);

    byte[] data = storage.read(FIRST);
    data[(int) last + 60] ^= 1;
    ReadLog read = read(data);

    assertThat(read.scan().end()).isEqualTo(new LogEnd.TornTail(new LogEnd.Place(FIRST, last)));
    assertThat(read.records()).isEqualTo(log.records.subList(0, 9));
    assertThat(read.scan().damaged(9)).isFalse();
    assertThat(read.scan().damaged(10)).isTrue();
  }

  @Test
  void a_broken_record_before_a_good_one_is_a_hole_with_both_places() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(10);
    WrittenLog log = WrittenLog.of(storage, 10, 10);
    byte[] data = storage.read(FIRST);
    long broken = place(storage, 4);
    long good = place(storage, 5);
    data[(int) broken + 60] ^= 1;

    LogEnd end = read(data).scan().end();

    assertThat(end)
        .isInstanceOfSatisfying(
            LogEnd.Hole.class,
            hole -> {
              assertThat(hole.expected()).isEqualTo(5);
              assertThat(hole.place().offset()).isEqualTo(broken);
              assertThat(hole.resumes().offset()).isEqualTo(good);
              assertThat(hole.rest().stream().map(LogScan.Found::record))
                  .isEqualTo(log.records.subList(5, 10));
              assertThat(hole.damage(4)).isFalse();
              assertThat(hole.damage(5)).isTrue();
            });
  }

  @Test
  void later_records_testify_that_a_missing_one_was_on_disk() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(11);
    WrittenLog log = WrittenLog.of(storage, 11, 4);
    log.step();
    log.writer.force();
    byte[] data = storage.read(FIRST);
    data[(int) place(storage, 2) + 60] ^= 1;

    assertThat(read(data).scan().damaged(0)).isTrue();
  }

  @Test
  void a_missing_segment_is_named() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(12);
    WrittenLog.of(storage, 12, 200);
    storage.delete(SECOND);

    assertThat(ReadLog.of(storage).scan().end())
        .isInstanceOfSatisfying(
            LogEnd.Refused.class,
            refused -> {
              assertThat(refused.fault()).isEqualTo(LogEnd.Fault.OTHER_ORDER);
              assertThat(refused.what()).isEqualTo("segment 3 (expected: 2)");
            });
  }

  @Test
  void a_segment_of_another_log_is_named() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(13);
    WrittenLog.of(storage, 13, 200);
    UnsafeStorage other = new UnsafeStorage(14);
    WrittenLog.of(other, 14, 200);
    TreeMap<String, byte[]> mixed = storage.snapshot();
    mixed.put(SECOND, other.read(SECOND));

    assertThat(ReadLog.of(UnsafeStorage.holding(mixed)).scan().end())
        .isInstanceOfSatisfying(
            LogEnd.Refused.class,
            refused -> assertThat(refused.fault()).isEqualTo(LogEnd.Fault.OTHER_LOG));
  }

  @Test
  void a_log_of_another_ledger_or_id_is_refused() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(15);
    WrittenLog log = WrittenLog.of(storage, 15, 5);

    assertThat(fault(storage, new UUID(1, 1), log.identity.log()))
        .isEqualTo(LogEnd.Fault.OTHER_LEDGER);
    assertThat(fault(storage, log.identity.ledger(), new UUID(1, 1)))
        .isEqualTo(LogEnd.Fault.OTHER_LOG);
  }

  @Test
  void records_of_another_log_do_not_fit_behind_a_header() throws Exception {
    UnsafeStorage storage = new UnsafeStorage(16);
    WrittenLog.of(storage, 16, 5);
    UnsafeStorage other = new UnsafeStorage(17);
    WrittenLog.of(other, 17, 5);
    byte[] data = other.read(FIRST);
    System.arraycopy(storage.read(FIRST), 0, data, 0, SegmentHeader.SIZE);

    assertThat(read(data).records()).isEmpty();
    assertThat(read(data).scan().end()).isInstanceOf(LogEnd.TornTail.class);
  }

  private static LogEnd.Fault fault(LogStorage storage, UUID ledger, UUID log) throws IOException {
    LogEnd end = LogReader.of(storage, ledger, log).scan(found -> {}).end();
    assertThat(end).isInstanceOf(LogEnd.Refused.class);
    return ((LogEnd.Refused) end).fault();
  }

  private static long place(LogStorage storage, int index) throws IOException {
    return ReadLog.of(storage).found().get(index).place().offset();
  }

  private static ReadLog read(byte[] first) throws IOException {
    TreeMap<String, byte[]> segments = new TreeMap<>();
    segments.put(FIRST, first);
    return ReadLog.of(UnsafeStorage.holding(segments));
  }

  private static void requirePrefix(ReadLog read, WrittenLog log, String what) {
    List<LogRecord> records = read.records();
    assertThat(records).as(what).isEqualTo(log.records.subList(0, records.size()));
  }
}

package io.tollgate.metering.internal.meterlog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.UsageKind;
import java.nio.ByteBuffer;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LogFormatTest {
  @Test
  void what_is_written_is_read_back_over_many_segments() throws Exception {
    for (long seed : LongStream.range(0, 50).toArray()) {
      UnsafeStorage storage = new UnsafeStorage(seed);
      WrittenLog log = WrittenLog.of(storage, seed, 400);
      log.close();

      ReadLog read = ReadLog.of(storage);

      assertThat(read.records()).as("seed %d", seed).isEqualTo(log.records);
      assertThat(read.positions()).as("seed %d", seed).isEqualTo(log.positions);
      assertThat(read.scan().identity()).contains(log.identity);
      assertThat(read.scan().end()).isInstanceOf(LogEnd.Closed.class);
      assertThat(storage.segments()).hasSizeGreaterThan(2);
    }
  }

  @Test
  void records_are_numbered_without_gap_from_one() throws Exception {
    WrittenLog log = WrittenLog.of(new UnsafeStorage(1), 1, 100);

    // an intent that has no room is not let in
    assertThat(log.records).hasSizeGreaterThan(90);
    assertThat(log.positions.stream().map(LogPosition::sequence))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, log.records.size()).boxed().toList());
  }

  @Test
  void sizes_and_places_are_those_of_the_description() {
    assertThat(SegmentHeader.SIZE).isEqualTo(128);
    assertThat(RecordFrames.PREFIX).isEqualTo(56);
    assertThat(RecordFrames.RESULT_MAX).isEqualTo(1392);
    assertThat(RecordFrames.MAX).isEqualTo(1464);
    assertThat(SegmentHeader.VERSION).isEqualTo(2);
  }

  @Test
  void a_log_of_another_version_is_refused_by_its_number() throws Exception {
    assertThat(end(header -> header.putShort(8, (short) 1)).explain())
        .isEqualTo("OTHER_BUILD in 00000001.meterlog at byte 0: version 1 (expected: 2)");
  }

  /** Read by a build that does not know them, its records would look like no records at all. */
  @Test
  void a_log_with_kinds_of_usage_of_a_later_build_is_refused_and_not_cut() throws Exception {
    int known = UsageKind.all().stream().mapToInt(UsageKind::number).max().orElseThrow();
    assertThat(end(header -> header.put(104, (byte) (known + 1))).explain())
        .isEqualTo(
            "OTHER_BUILD in 00000001.meterlog at byte 0: kinds of usage up to number %d (expected:"
                    .formatted(known + 1)
                + " at most %d)".formatted(known));
    assertThat(end(header -> header.put(104, (byte) (known - 1)))).isInstanceOf(LogEnd.Open.class);
  }

  private static LogEnd end(Consumer<ByteBuffer> change) throws Exception {
    UnsafeStorage storage = new UnsafeStorage(7);
    var _ = WrittenLog.of(storage, 7, 20);
    String name = storage.segments().getFirst();
    TreeMap<String, byte[]> changed = storage.snapshot();
    changed.put(name, ChangedHeader.of(storage.read(name), change));
    return ReadLog.of(UnsafeStorage.holding(changed)).scan().end();
  }
}

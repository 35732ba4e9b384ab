package io.tollgate.metering.internal.meterlog;

import static org.assertj.core.api.Assertions.assertThat;

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

    assertThat(log.positions.stream().map(LogPosition::sequence))
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 100).boxed().toList());
  }

  @Test
  void sizes_and_places_are_those_of_the_description() {
    assertThat(SegmentHeader.SIZE).isEqualTo(128);
    assertThat(RecordFrames.PREFIX).isEqualTo(56);
    assertThat(RecordFrames.RESULT_MAX).isEqualTo(896);
    assertThat(RecordFrames.MAX).isEqualTo(1488);
    assertThat(SegmentHeader.VERSION).isEqualTo(1);
  }
}

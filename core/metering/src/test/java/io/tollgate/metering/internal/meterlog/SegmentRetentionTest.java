package io.tollgate.metering.internal.meterlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentRetentionTest {
  private static final Instant LATER = Instant.parse("2086-01-01T00:00:00Z");

  private final UnsafeStorage storage = new UnsafeStorage(1);

  @Test
  void segments_before_the_needed_one_go_from_the_front() throws Exception {
    WrittenLog log = ofSegments(5);

    assertThat(SegmentRetention.release(storage, 3, LATER)).containsExactly(1, 2);
    assertThat(storage.segments().getFirst()).isEqualTo("00000003.meterlog");
    assertThat(LogCursor.oldest(storage, log.identity).segment()).isEqualTo(3);
    assertThat(SegmentRetention.release(storage, 3, LATER)).isEmpty();
  }

  @Test
  void the_segment_that_is_written_stays() throws Exception {
    WrittenLog log = ofSegments(3);

    assertThat(SegmentRetention.release(storage, 99, LATER))
        .doesNotContain(log.writer.segmentNumber());
    assertThat(log.writer.admit(new SomeRecords(5).intent())).isPresent();
  }

  @Test
  void a_segment_with_a_young_record_stays_though_all_is_settled() throws Exception {
    ofSegments(4);
    List<LogScan.Found> found = new ArrayList<>();
    LogReader.of(storage).scan(found::add);
    Instant secondEnds =
        found.stream()
            .filter(one -> one.place().segment().equals("00000003.meterlog"))
            .findFirst()
            .orElseThrow()
            .record()
            .at();

    assertThat(SegmentRetention.release(storage, 99, secondEnds)).containsExactly(1);
    assertThat(SegmentRetention.release(storage, 99, secondEnds.plusNanos(1_000)))
        .containsExactly(2);
  }

  @Test
  void a_log_is_old_when_its_last_record_is() throws Exception {
    WrittenLog log = ofSegments(3);
    Instant last = log.records.getLast().at();
    log.writer.flush();

    assertThat(SegmentRetention.isOlder(storage, last)).isFalse();
    assertThat(SegmentRetention.isOlder(storage, last.plusSeconds(1))).isTrue();
    assertThat(SegmentRetention.isOlder(new UnsafeStorage(2), last)).isTrue();
  }

  @Test
  void only_the_segment_that_was_kept_ready_is_blank() throws Exception {
    WrittenLog log = ofSegments(3);
    assertThat(storage.segments()).hasSize(4);

    SegmentRetention.dropBlank(storage);

    assertThat(storage.segments()).hasSize(3);
    assertThat(ReadLog.of(storage).records()).isEqualTo(log.records);
    UnsafeStorage none = new UnsafeStorage(2);
    SegmentRetention.dropBlank(none);
    assertThat(none.segments()).isEmpty();
  }

  private WrittenLog ofSegments(int count) throws Exception {
    WrittenLog log = new WrittenLog(storage, 1);
    while (log.writer.segmentNumber() < count) {
      log.step();
      if (log.writer.openIntents() > 5) {
        log.finishAll();
      }
    }
    log.writer.force();
    return log;
  }
}

package io.tollgate.metering.internal.meterlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class SegmentRetentionTest {
  private static final Instant LATER = Instant.parse("2036-01-01T00:00:00Z");

  private final SegmentRetention retention = new SegmentRetention();
  private final SomeRecords some = new SomeRecords(1);
  private final LogRecord.Intent first = some.intent();
  private final LogRecord.Intent second = some.intent();

  @Test
  void a_segment_stays_until_the_results_of_its_intents_are_settled() {
    retention.written(1, at(1), first);
    retention.written(2, at(2), second);
    retention.written(2, at(3), some.result(first.charge()));
    retention.written(3, at(4), some.result(second.charge()));

    retention.settledThrough(2);
    assertThat(retention.release(LATER)).isEmpty();
    retention.settledThrough(3);
    assertThat(retention.release(LATER)).containsExactly(1);
    retention.settledThrough(4);
    assertThat(retention.release(LATER)).containsExactly(2);
  }

  @Test
  void an_intent_carried_over_does_not_keep_its_segment() {
    retention.written(1, at(1), first);
    retention.written(2, at(2), second);
    retention.settledThrough(2);
    assertThat(retention.release(LATER)).isEmpty();

    retention.carriedOver(first.charge());

    assertThat(retention.release(LATER)).containsExactly(1);
  }

  @Test
  void a_young_segment_stays_though_all_is_settled() {
    retention.written(1, at(1), first);
    retention.written(1, at(2), some.result(first.charge()));
    retention.written(2, at(3), second);
    retention.settledThrough(3);

    assertThat(retention.release(first.at())).isEmpty();
    assertThat(retention.release(LATER)).containsExactly(1);
  }

  private static LogPosition at(long sequence) {
    return new LogPosition(sequence, 0);
  }
}

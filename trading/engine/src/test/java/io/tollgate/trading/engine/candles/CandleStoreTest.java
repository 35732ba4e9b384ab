package io.tollgate.trading.engine.candles;

import static io.tollgate.trading.engine.candles.StoredBars.MINUTE;
import static io.tollgate.trading.engine.candles.StoredBars.MINUTES;
import static io.tollgate.trading.engine.candles.StoredBars.START;
import static io.tollgate.trading.engine.candles.StoredBars.bar;
import static io.tollgate.trading.engine.candles.StoredBars.bars;
import static io.tollgate.trading.engine.candles.StoredBars.read;
import static io.tollgate.trading.engine.candles.StoredBars.span;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tollgate.data.testing.SettableClock;
import io.tollgate.data.testing.TestDatabase;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.strategies.Bar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CandleStoreTest {
  private final TestDatabase database = TestDatabase.create();
  private final SettableClock clock = new SettableClock();
  private final CandleStore store =
      CandleStore.over(database.transactions(), clock, UUID::randomUUID);

  @AfterEach
  void close() {
    database.close();
  }

  private AppendCount append(List<Bar> bars, OnDifference onDifference) {
    try (SeriesWriter writer = store.writer(MINUTES)) {
      return writer.append(bars, onDifference);
    }
  }

  @Test
  void the_same_candles_twice_are_stored_once() {
    assertThat(store.find(MINUTES)).isEmpty();
    assertThat(read(store.read(MINUTES, span(0, 10)))).isEmpty();
    List<Bar> mixed = new ArrayList<>(bars(0, 2_500));
    Collections.shuffle(mixed, new Random(1));
    assertThat(append(mixed, OnDifference.KEEP).added()).isEqualTo(2_500);
    AppendCount again = append(bars(1_000, 2_600), OnDifference.KEEP);
    assertThat(again).isEqualTo(new AppendCount(100, 1_500, 0, OptionalLong.empty()));
    assertThat(read(store.read(MINUTES, span(-5, 9_999)))).isEqualTo(bars(0, 2_600));
    assertThat(store.list())
        .containsExactly(store.find(MINUTES).orElseThrow())
        .first()
        .satisfies(
            series -> {
              assertThat(series.candles()).isEqualTo(2_600);
              assertThat(series.span()).contains(span(0, 2_600));
              assertThat(series.missing()).isZero();
            });
  }

  @Test
  void a_candle_that_differs_is_counted_and_replaces_only_where_that_is_asked_for() {
    AppendCount _ = append(bars(0, 5), OnDifference.KEEP);
    Bar stored = bar(3);
    Bar other =
        new Bar(stored.openTime(), stored.open(), stored.high(), stored.low(), stored.open(), 9);
    AppendCount different = new AppendCount(0, 0, 1, OptionalLong.of(stored.openTime()));
    assertThat(append(List.of(other), OnDifference.KEEP)).isEqualTo(different);
    assertThat(read(store.read(MINUTES, span(0, 5)))).isEqualTo(bars(0, 5));
    assertThat(append(List.of(other), OnDifference.REPLACE)).isEqualTo(different);
    assertThat(read(store.read(MINUTES, span(3, 4)))).containsExactly(other);
    assertThat(store.find(MINUTES).orElseThrow().candles()).isEqualTo(5);
  }

  @Test
  void any_span_is_read_and_its_gaps_are_known_whatever_is_missing() {
    Random random = new Random(7);
    int minutes = 5_000;
    BitSet there = new BitSet(minutes);
    try (SeriesWriter writer = store.writer(MINUTES)) {
      for (int i = 0; i < 12; i++) {
        int from = random.nextInt(minutes);
        int to = Math.min(minutes, from + 1 + random.nextInt(1_500));
        there.set(from, to);
        AppendCount _ = writer.append(bars(from, to), OnDifference.KEEP);
      }
    }
    for (int i = 0; i < 30; i++) {
      int from = random.nextInt(minutes);
      int to = from + random.nextInt(minutes - from + 1);
      List<Bar> expected = new ArrayList<>();
      for (int at = there.nextSetBit(from); at >= 0 && at < to; at = there.nextSetBit(at + 1)) {
        expected.add(bar(at));
      }
      assertThat(read(store.read(MINUTES, span(from, to)))).isEqualTo(expected);
      List<CandleSpan> gaps = new ArrayList<>();
      int at = from;
      while ((at = there.nextClearBit(at)) < to) {
        int end = there.nextSetBit(at);
        int until = end < 0 ? to : Math.min(end, to);
        gaps.add(span(at, until));
        at = until;
      }
      assertThat(store.gaps(MINUTES, span(from, to), 100)).isEqualTo(gaps);
      assertThat(store.gaps(MINUTES, span(from, to), 1)).hasSize(Math.min(1, gaps.size()));
    }
  }

  @Test
  void one_adds_at_a_time_and_one_that_was_away_for_too_long_adds_nothing_any_more()
      throws InterruptedException {
    Callable<SeriesWriter> open = () -> store.writer(MINUTES);
    List<SeriesWriter> opened = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<SeriesWriter> each : threads.invokeAll(Collections.nCopies(6, open))) {
        if (each.state() == Future.State.SUCCESS) {
          opened.add(each.resultNow());
        } else {
          refused(each.exceptionNow(), ErrorCode.CONFLICT, "by somebody else");
        }
      }
    }
    assertThat(opened).hasSize(1);
    SeriesWriter first = opened.getFirst();
    clock.advance(Duration.ofSeconds(119));
    first.renew();
    clock.advance(Duration.ofSeconds(119));
    refused(catchThrowable(open::call), ErrorCode.CONFLICT, "by somebody else");
    clock.advance(Duration.ofSeconds(2));
    try (SeriesWriter second = store.writer(MINUTES)) {
      refused(
          catchThrowable(() -> first.append(bars(0, 1), OnDifference.KEEP)),
          ErrorCode.CONFLICT,
          "taken over");
      // its end is not the end of the other
      first.close();
      assertThat(second.append(bars(0, 1), OnDifference.KEEP).added()).isEqualTo(1);
    }
    store.writer(MINUTES).close();
  }

  @Test
  void what_is_no_candle_of_the_series_is_refused_and_nothing_of_it_is_stored() {
    Bar off = new Bar(START + 1, 1, 2, 1, 2, 1);
    refused(
        catchThrowable(() -> append(List.of(bar(0), off), OnDifference.KEEP)),
        ErrorCode.VALIDATION_ERROR,
        "2026-01-01T00:00:00.001Z (expected: one that opens at a whole multiple of 1m");
    Bar unsound = new Bar(START + MINUTE, 1, 0.5, 1, 2, 1);
    refused(
        catchThrowable(() -> append(List.of(bar(0), unsound), OnDifference.KEEP)),
        ErrorCode.VALIDATION_ERROR,
        "expected: prices that go together");
    assertThatThrownBy(() -> append(bars(0, SeriesWriter.MOST + 1), OnDifference.KEEP))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(read(store.read(MINUTES, span(0, 10)))).isEmpty();
  }

  @Test
  void a_feed_of_any_length_is_stored_part_by_part() {
    try (SeriesWriter writer = store.writer(MINUTES)) {
      assertThat(writer.appendAll(new BarList(bars(0, 9_000)), OnDifference.KEEP).added())
          .isEqualTo(9_000);
    }
    assertThat(read(store.read(MINUTES, span(8_990, 9_000)))).isEqualTo(bars(8_990, 9_000));
  }

  private static void refused(Throwable thrown, ErrorCode code, String sentence) {
    assertThat(thrown)
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(code);
              assertThat(refusal.sentence()).contains(sentence);
            });
  }
}

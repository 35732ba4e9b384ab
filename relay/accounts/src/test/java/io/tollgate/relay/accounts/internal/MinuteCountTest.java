package io.tollgate.relay.accounts.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MinuteCountTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long START = Long.MAX_VALUE - 100 * SECOND;

  private final MinuteCount count = new MinuteCount(START);

  @Test
  void what_came_counts_for_a_minute_at_least_and_for_seventy_seconds_at_most() {
    count.add(5, at(9));
    assertThat(count.total(at(69))).isEqualTo(5);
    assertThat(count.total(at(70))).isZero();
  }

  @Test
  void a_correction_is_made_where_it_was_counted() {
    count.add(100, at(5));
    count.add(10, at(25));
    count.correct(-60, at(5), at(30));
    assertThat(count.total(at(30))).isEqualTo(50);
    assertThat(count.total(at(70))).isEqualTo(10);
  }

  @Test
  void more_than_was_expected_counts_now_when_its_own_time_is_over() {
    count.add(100, at(5));
    count.correct(40, at(5), at(95));
    assertThat(count.total(at(95))).isEqualTo(40);
  }

  @Test
  void less_than_was_expected_takes_nothing_from_others_when_its_own_time_is_over() {
    count.add(100, at(5));
    count.add(30, at(85));
    count.correct(-100, at(5), at(90));
    assertThat(count.total(at(90))).isEqualTo(30);
  }

  @Test
  void no_correction_makes_a_count_negative() {
    count.add(10, at(5));
    count.correct(-50, at(5), at(6));
    assertThat(count.total(at(6))).isZero();
    assertThat(count.tryAdd(10, 10, at(7))).isTrue();
  }

  // monotonic time may be near its end
  private static long at(long seconds) {
    return START + seconds * SECOND;
  }
}

package io.tollgate.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  @Test
  void quantiles_are_never_too_short_and_at_most_a_64th_too_long() {
    Random random = new Random(7);
    LatencyHistogram histogram = new LatencyHistogram();
    long[] given = new long[10_000];
    for (int i = 0; i < given.length; i++) {
      given[i] = (long) Math.exp(random.nextDouble() * 25);
      histogram.record(given[i]);
    }
    Arrays.sort(given);
    for (double share : new double[] {0.001, 0.5, 0.9, 0.99, 0.999, 1}) {
      long exact = given[(int) Math.ceil(share * given.length) - 1];
      assertThat(histogram.quantile(share)).isBetween(exact, exact + exact / 64);
    }
    assertThat(histogram.total()).isEqualTo(10_000);
  }

  @Test
  void the_least_and_the_longest_durations_are_counted() {
    LatencyHistogram histogram = new LatencyHistogram();
    histogram.record(-1);
    histogram.record(Long.MAX_VALUE);
    assertThat(histogram.quantile(0.5)).isZero();
    assertThat(histogram.quantile(1)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void nothing_recorded_is_zero_and_a_share_outside_its_range_is_refused() {
    LatencyHistogram histogram = new LatencyHistogram();
    assertThat(histogram.quantile(0.5)).isZero();
    assertThatThrownBy(() -> histogram.quantile(1.5))
        .hasMessage("share: 1.5 (expected: above 0, at most 1)");
  }
}

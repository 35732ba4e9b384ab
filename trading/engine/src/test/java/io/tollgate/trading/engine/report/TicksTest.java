package io.tollgate.trading.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.trading.engine.report.Ticks.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TicksTest {
  @Test
  void values_are_round_and_say_so() {
    assertThat(labels(Ticks.values(9_871.3, 10_412))).containsExactly("10,000", "10,200", "10,400");
    assertThat(labels(Ticks.values(-4.2, 0.1))).containsExactly("-4", "-3", "-2", "-1", "0");
    assertThat(labels(Ticks.values(0.1012, 0.1031)))
        .containsExactly("0.1015", "0.1020", "0.1025", "0.1030");
  }

  @Test
  void times_are_whole_days_or_hours_of_utc() {
    long from = Instant.parse("2026-01-01T07:00:00Z").toEpochMilli();
    assertThat(labels(Ticks.times(from, from + Duration.ofDays(8).toMillis())))
        .containsExactly("2026-01-03", "2026-01-05", "2026-01-07", "2026-01-09");
    assertThat(labels(Ticks.times(from, from + Duration.ofHours(5).toMillis())))
        .containsExactly(
            "01-01 07:00",
            "01-01 08:00",
            "01-01 09:00",
            "01-01 10:00",
            "01-01 11:00",
            "01-01 12:00");
  }

  @Test
  void there_are_some_and_never_many_whatever_the_span() {
    Random random = new Random(11);
    for (int i = 0; i < 5_000; i++) {
      double least = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(13) - 4);
      double span = Math.max(random.nextDouble(), 1e-3) * Math.pow(10, random.nextInt(13) - 4);
      List<Tick> values = Ticks.values(least, least + span);
      assertThat(values.size()).as(least + " + " + span).isBetween(1, 7);
      double hair = span * 1e-9;
      assertThat(values)
          .allMatch(tick -> tick.at() >= least - hair && tick.at() <= least + span + hair);
      long from = random.nextLong(2_000_000_000_000L);
      long length = 60_000L * (1 + random.nextLong(1L << random.nextInt(1, 24)));
      assertThat(Ticks.times(from, from + length).size()).as("%s", length).isBetween(1, 7);
    }
  }

  private static List<String> labels(List<Tick> ticks) {
    return ticks.stream().map(Tick::label).toList();
  }
}

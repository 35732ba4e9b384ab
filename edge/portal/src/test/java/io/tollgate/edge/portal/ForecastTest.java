package io.tollgate.edge.portal;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.insight.LogHour;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForecastTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void what_is_spent_in_a_week_goes_on_until_the_end() {
    Amount week = new Amount(Asset.money("USD"), 7_000_000_000L);
    Amount coming = Forecast.of(week, Forecast.LATELY, NOON, NOON.plus(Duration.ofDays(3)));
    assertThat(coming.toPlainString()).isEqualTo("3");
    assertThat(Forecast.of(week, Forecast.LATELY, NOON, NOON).isZero()).isTrue();
    Amount huge = new Amount(Asset.money("USD"), Long.MAX_VALUE);
    assertThat(Forecast.of(huge, Duration.ZERO, NOON, NOON.plus(Duration.ofDays(31))).isPositive())
        .isTrue();
  }

  @Test
  void hours_add_up_to_days_of_a_zone() {
    List<LogHour> hours =
        List.of(
            hour("2026-11-20T15:00:00Z", "a", 1),
            hour("2026-11-20T16:00:00Z", "a", 2),
            hour("2026-11-20T17:00:00Z", "b", 3),
            hour("2026-11-21T15:00:00Z", "a", 4));
    List<LogHour> days = UsageDays.of(hours, UsageDays.Unit.DAY, ZoneId.of("Asia/Shanghai"));
    assertThat(days)
        .extracting(LogHour::hour, row -> row.group().orElseThrow(), LogHour::requests)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Instant.parse("2026-11-19T16:00:00Z"), "a", 1L),
            org.assertj.core.groups.Tuple.tuple(Instant.parse("2026-11-20T16:00:00Z"), "a", 6L),
            org.assertj.core.groups.Tuple.tuple(Instant.parse("2026-11-20T16:00:00Z"), "b", 3L));
    assertThat(UsageDays.of(hours, UsageDays.Unit.HOUR, ZoneId.of("UTC"))).isEqualTo(hours);
  }

  private static LogHour hour(String at, String group, long requests) {
    return new LogHour(
        Instant.parse(at), Optional.of(group), requests, 0, 1, 1, Optional.of("USD"), 5);
  }
}

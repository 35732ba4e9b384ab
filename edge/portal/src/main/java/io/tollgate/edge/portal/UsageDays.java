package io.tollgate.edge.portal;

import io.tollgate.insight.LogHour;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Adds hours up to days of a zone. The log knows whole hours of UTC: where a zone is off by a part
 * of an hour, its days begin with the hour.
 */
final class UsageDays {
  private UsageDays() {}

  /** How long a row is. */
  enum Unit {
    HOUR,
    DAY
  }

  /** In the order of time, and in each time as they came. */
  static List<LogHour> of(List<LogHour> hours, Unit unit, ZoneId zone) {
    return switch (unit) {
      case HOUR -> hours;
      case DAY -> {
        Map<Place, LogHour> days = new LinkedHashMap<>();
        for (LogHour hour : hours) {
          Instant day = hour.hour().atZone(zone).truncatedTo(ChronoUnit.DAYS).toInstant();
          LogHour moved = moved(hour, day);
          var _ = days.merge(new Place(day, hour.group(), hour.currency()), moved, UsageDays::sum);
        }
        yield List.copyOf(days.values());
      }
    };
  }

  private static LogHour moved(LogHour row, Instant to) {
    return new LogHour(
        to,
        row.group(),
        row.requests(),
        row.failed(),
        row.inputTokens(),
        row.outputTokens(),
        row.currency(),
        row.cost());
  }

  private static LogHour sum(LogHour one, LogHour other) {
    return new LogHour(
        one.hour(),
        one.group(),
        one.requests() + other.requests(),
        one.failed() + other.failed(),
        one.inputTokens() + other.inputTokens(),
        one.outputTokens() + other.outputTokens(),
        one.currency(),
        Math.addExact(one.cost(), other.cost()));
  }

  private record Place(Instant day, Optional<String> group, Optional<String> currency) {}
}

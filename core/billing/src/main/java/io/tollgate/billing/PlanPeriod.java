package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * How long a period of a plan is.
 *
 * @param count 1 to 366
 */
public record PlanPeriod(Unit unit, int count) {
  public static final int COUNT_MAX = 366;

  /** What is counted. */
  public enum Unit {
    DAY,
    MONTH;

    /** As stored and as interfaces show it. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Unit> find(String code) {
      return Arrays.stream(values()).filter(unit -> unit.code().equals(code)).findFirst();
    }
  }

  public PlanPeriod {
    requireNonNull(unit, "unit is null");
    if (count < 1 || count > COUNT_MAX) {
      throw new IllegalArgumentException(
          "period: " + count + " (expected: 1 to " + COUNT_MAX + ")");
    }
  }

  /**
   * The end of a period, counted from where all of them began: a month that is too short for a day
   * does not move the day of those after it.
   *
   * @param number 1 for the first
   */
  public Instant end(Instant anchor, long number, ZoneId zone) {
    ZonedDateTime begun = anchor.atZone(zone);
    long many = Math.multiplyExact(number, count);
    return switch (unit) {
      case DAY -> begun.plusDays(many).toInstant();
      case MONTH -> begun.plusMonths(many).toInstant();
    };
  }

  /** The number of the period in which a time lies, that is not before the first began. */
  public long numberAt(Instant anchor, Instant time, ZoneId zone) {
    // begins before it: no month has more than 31 days
    long days = Duration.between(anchor, time).toDays();
    long number = Math.max(1, days / (unit == Unit.DAY ? count : 31L * count) - 1);
    while (!end(anchor, number, zone).isAfter(time)) {
      number++;
    }
    return number;
  }
}

package io.tollgate.billing.internal.callers;

import static java.time.temporal.ChronoUnit.MICROS;

import io.tollgate.ground.GivenText;
import io.tollgate.ground.Numerals;
import io.tollgate.web.Request;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Reads times of a query: RFC 3339, or seconds since 1970. */
public final class GivenTimes {
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");
  private static final String EXPECTED = "a time, RFC 3339 or seconds since 1970";

  private GivenTimes() {}

  public static Optional<Instant> find(Request request, String name) {
    return request.query(name).filter(text -> !text.isEmpty()).map(text -> read(name, text));
  }

  static Instant read(String name, String text) {
    Instant time;
    try {
      time =
          text.chars().allMatch(c -> c >= '0' && c <= '9')
              ? Instant.ofEpochSecond(Numerals.wholeNumber(text))
              : OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
    } catch (NumberFormatException | DateTimeException e) {
      throw GivenText.refused(name, text, EXPECTED);
    }
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw GivenText.refused(name, text, EXPECTED);
    }
    return time.truncatedTo(MICROS);
  }
}

package io.tollgate.billing.internal.limits;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.SpendSpan;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A stretch of time in which a spend limit's amount may be spent once.
 *
 * @param label names it, among those of one owner and currency
 * @param endsAt the first instant that is not in it; empty: it does not end
 */
record SpendWindow(String label, Optional<Instant> endsAt) {
  static final String TOTAL = "total";

  SpendWindow {
    requireNonNull(label, "label is null");
    requireNonNull(endsAt, "endsAt is null");
  }

  /** The window in which an instant lies. */
  static SpendWindow of(SpendSpan span, Instant at, ZoneId zone) {
    return switch (span) {
      case DAY -> {
        LocalDate day = LocalDate.ofInstant(at, zone);
        yield new SpendWindow(
            "day:" + day, Optional.of(day.plusDays(1).atStartOfDay(zone).toInstant()));
      }
      case MONTH -> {
        YearMonth month = YearMonth.from(at.atZone(zone));
        yield new SpendWindow(
            "month:" + month,
            Optional.of(month.plusMonths(1).atDay(1).atStartOfDay(zone).toInstant()));
      }
      case TOTAL -> new SpendWindow(TOTAL, Optional.empty());
    };
  }
}

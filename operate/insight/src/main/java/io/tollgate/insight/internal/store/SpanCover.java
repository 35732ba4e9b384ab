package io.tollgate.insight.internal.store;

import io.tollgate.insight.LogFilter;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What of a filter's time is added up, in the longest spans there are, and what is not.
 *
 * @param months first days of them
 * @param days outside of these months
 * @param rests time of which requests are read
 */
record SpanCover(List<LocalDate> months, List<LocalDate> days, List<LogFilter> rests) {
  SpanCover {
    months = List.copyOf(months);
    days = List.copyOf(days);
    rests = List.copyOf(rests);
  }

  /**
   * @param filter of time and tenant only
   * @param inMonths whether a month may stand for its days
   */
  static SpanCover of(Connection connection, LogFilter filter, boolean inMonths)
      throws SQLException {
    LocalDate first = firstWhole(filter);
    LocalDate last = lastWhole(filter);
    Set<LocalDate> months =
        inMonths ? SumTables.begins(connection, SumSpan.MONTH, first, last) : Set.of();
    List<LocalDate> whole =
        months.stream().filter(month -> !SumSpan.MONTH.end(month).isAfter(last)).toList();
    List<LocalDate> days =
        SumTables.begins(connection, SumSpan.DAY, first, last).stream()
            .filter(day -> !whole.contains(SumSpan.MONTH.begin(day)))
            .toList();
    return new SpanCover(whole, days, rests(filter, whole, days));
  }

  private static LocalDate firstWhole(LogFilter filter) {
    return filter
        .start()
        .map(
            start -> {
              LocalDateTime time = FilterSql.time(start);
              LocalDate day = time.toLocalDate();
              return time.equals(day.atStartOfDay()) ? day : day.plusDays(1);
            })
        .orElse(LocalDate.EPOCH);
  }

  private static LocalDate lastWhole(LogFilter filter) {
    return filter
        .end()
        .map(end -> FilterSql.time(end).toLocalDate())
        .orElse(LocalDate.of(9999, 1, 1));
  }

  /** The stretches of time between what is added up. */
  private static List<LogFilter> rests(
      LogFilter filter, List<LocalDate> months, List<LocalDate> days) {
    TreeMap<LocalDate, LocalDate> ends = new TreeMap<>();
    months.forEach(month -> ends.put(month, SumSpan.MONTH.end(month)));
    days.forEach(day -> ends.put(day, SumSpan.DAY.end(day)));
    List<LogFilter> rests = new ArrayList<>();
    Optional<Instant> from = filter.start();
    for (var span : ends.entrySet()) {
      Instant begin = span.getKey().atStartOfDay(ZoneOffset.UTC).toInstant();
      if (from.isEmpty() || from.get().isBefore(begin)) {
        rests.add(LogFilter.ALL.ofTenant(filter.tenant(), from, Optional.of(begin)));
      }
      from = Optional.of(span.getValue().atStartOfDay(ZoneOffset.UTC).toInstant());
    }
    if (from.isEmpty() || filter.end().isEmpty() || from.get().isBefore(filter.end().get())) {
      rests.add(LogFilter.ALL.ofTenant(filter.tenant(), from, filter.end()));
    }
    return rests;
  }
}

package io.tollgate.insight.internal.store;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;

/**
 * Which days and months of a file are added up, and keeping that true: sums are forgotten before
 * anything of their time changes. For one thread at a time, the one that writes.
 */
final class SummedSpans {
  private static final LocalDate NEVER = LocalDate.of(9999, 1, 1);

  private final DuckWriter writer;
  private final Set<LocalDate> days;
  private final Set<LocalDate> months;

  private SummedSpans(DuckWriter writer, Set<LocalDate> days, Set<LocalDate> months) {
    this.writer = requireNonNull(writer, "writer is null");
    this.days = requireNonNull(days, "days is null");
    this.months = requireNonNull(months, "months is null");
  }

  /** Those of a file, which gets the tables for them. */
  static SummedSpans of(DuckWriter writer) throws SQLException {
    SumTables.prepare(writer.connection());
    return new SummedSpans(
        writer,
        SumTables.begins(writer.connection(), SumSpan.DAY, LocalDate.EPOCH, NEVER),
        SumTables.begins(writer.connection(), SumSpan.MONTH, LocalDate.EPOCH, NEVER));
  }

  /** Requests that arrived then are about to come, to change or to go. */
  void changes(Collection<Instant> times) throws StoreException {
    forget(daysOf(times));
  }

  /** Requests that arrived in a time are about to change or to go. */
  void changesWithin(Instant earliest, Instant latest) throws StoreException {
    LocalDate first = LocalDate.ofInstant(earliest, ZoneOffset.UTC);
    LocalDate last = LocalDate.ofInstant(latest, ZoneOffset.UTC);
    forgetWhere((span, begin) -> span.end(begin).isAfter(first) && !begin.isAfter(last));
  }

  /** Something of these days is about to change. */
  void forget(Collection<LocalDate> changing) throws StoreException {
    Set<LocalDate> inMonths =
        changing.stream().map(SumSpan.MONTH::begin).collect(Collectors.toSet());
    forgetWhere((span, begin) -> (span == SumSpan.DAY ? changing : inMonths).contains(begin));
  }

  private void forgetWhere(BiPredicate<SumSpan, LocalDate> changes) throws StoreException {
    List<LocalDate> goneDays = days.stream().filter(day -> changes.test(SumSpan.DAY, day)).toList();
    List<LocalDate> goneMonths =
        months.stream().filter(month -> changes.test(SumSpan.MONTH, month)).toList();
    if (goneDays.isEmpty() && goneMonths.isEmpty()) {
      return;
    }
    writer.atOnce(
        () -> {
          SumTables.forget(writer.connection(), SumSpan.DAY, goneDays);
          SumTables.forget(writer.connection(), SumSpan.MONTH, goneMonths);
        });
    goneDays.forEach(days::remove);
    goneMonths.forEach(months::remove);
  }

  /** As {@link LogStore#addUp}. */
  boolean addNext(Instant until, Retention bounds) throws StoreException {
    Set<LocalDate> changing = daysOf(bounds.bounds());
    LocalDate end = LocalDate.ofInstant(until, ZoneOffset.UTC);
    try {
      Optional<LocalDate> next = firstWithout(changing).filter(day -> day.isBefore(end));
      Optional<LocalDate> month = wholeMonth(next.orElse(end), changing);
      if (month.isPresent()) {
        writer.atOnce(() -> SumTables.addMonth(writer.connection(), month.get()));
        return months.add(month.get());
      }
      if (next.isEmpty()) {
        return false;
      }
      LocalDate day = next.get();
      writer.atOnce(() -> SumTables.addDay(writer.connection(), day));
      return days.add(day);
    } catch (SQLException e) {
      throw DuckWriter.failed(e);
    }
  }

  /** The first day that has requests and no sums, and is not about to change. */
  private Optional<LocalDate> firstWithout(Set<LocalDate> changing) throws SQLException {
    Optional<LocalDate> next = SumTables.firstFrom(writer.connection(), LocalDate.EPOCH);
    // asked once for each stretch of days that need nothing, and not for each of them
    while (next.filter(day -> needsNothing(day, changing)).isPresent()) {
      LocalDate after = next.get();
      while (needsNothing(after, changing)) {
        after = after.plusDays(1);
      }
      next = SumTables.firstFrom(writer.connection(), after);
    }
    return next;
  }

  /** A month that ended before a day, has sums of all its days and none of its own. */
  private Optional<LocalDate> wholeMonth(LocalDate before, Set<LocalDate> changing) {
    Set<LocalDate> none = new HashSet<>(months);
    changing.forEach(day -> none.add(SumSpan.MONTH.begin(day)));
    return days.stream()
        .map(SumSpan.MONTH::begin)
        .filter(month -> !none.contains(month) && !SumSpan.MONTH.end(month).isAfter(before))
        .min(LocalDate::compareTo);
  }

  private boolean needsNothing(LocalDate day, Set<LocalDate> changing) {
    return days.contains(day) || changing.contains(day);
  }

  private static Set<LocalDate> daysOf(Collection<Instant> times) {
    Set<LocalDate> days = new HashSet<>();
    times.forEach(time -> days.add(LocalDate.ofInstant(time, ZoneOffset.UTC)));
    return days;
  }
}

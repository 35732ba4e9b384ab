package io.tollgate.insight.internal.store;

import static java.util.Objects.requireNonNull;

import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Which days of a file are added up, and keeping that true: sums are forgotten before anything of
 * their day changes. For one thread at a time, the one that writes.
 */
final class SummedDays {
  private final DuckWriter writer;
  private final Set<LocalDate> days;

  private SummedDays(DuckWriter writer, Set<LocalDate> days) {
    this.writer = requireNonNull(writer, "writer is null");
    this.days = requireNonNull(days, "days is null");
  }

  /** Those of a file, which gets the tables for them. */
  static SummedDays of(DuckWriter writer) throws SQLException {
    DaySums.prepare(writer.connection());
    return new SummedDays(
        writer, DaySums.days(writer.connection(), LocalDate.EPOCH, LocalDate.of(9999, 1, 1)));
  }

  /** Requests that arrived then are about to come, to change or to go. */
  void changes(Collection<Instant> times) throws StoreException {
    forget(daysOf(times));
  }

  /** Requests that arrived in a time are about to change or to go. */
  void changesWithin(Instant earliest, Instant latest) throws StoreException {
    LocalDate first = LocalDate.ofInstant(earliest, ZoneOffset.UTC);
    LocalDate last = LocalDate.ofInstant(latest, ZoneOffset.UTC);
    forget(days.stream().filter(day -> !day.isBefore(first) && !day.isAfter(last)).toList());
  }

  /** Something of these days is about to change. */
  void forget(Collection<LocalDate> changing) throws StoreException {
    Set<LocalDate> known = new HashSet<>(changing);
    known.retainAll(days);
    if (!known.isEmpty()) {
      writer.atOnce(() -> DaySums.forget(writer.connection(), known));
      days.removeAll(known);
    }
  }

  /** As {@link LogStore#addUp}. */
  boolean addNext(Instant until, Retention bounds) throws StoreException {
    Set<LocalDate> changing = daysOf(bounds.bounds());
    LocalDate end = LocalDate.ofInstant(until, ZoneOffset.UTC);
    try {
      Optional<LocalDate> next = DaySums.firstFrom(writer.connection(), LocalDate.EPOCH);
      // asked once for each stretch of days that need nothing, and not for each of them
      while (next.filter(day -> needsNothing(day, changing)).isPresent()) {
        LocalDate after = next.get();
        while (needsNothing(after, changing)) {
          after = after.plusDays(1);
        }
        next = DaySums.firstFrom(writer.connection(), after);
      }
      if (next.isEmpty() || !next.get().isBefore(end)) {
        return false;
      }
      LocalDate day = next.get();
      writer.atOnce(() -> DaySums.add(writer.connection(), day));
      return days.add(day);
    } catch (SQLException e) {
      throw DuckWriter.failed(e);
    }
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

package io.tollgate.metering.internal.database.books;

import io.tollgate.data.Transaction;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the daily partitions of usage records; remembers which are there. */
public final class UsagePartitions {
  private static final int MAX_REMEMBERED = 1_000;

  private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

  /** Forgets which are there: a database that was put back may not have them. */
  void forget() {
    known.clear();
  }

  /** The partition that records opened at this time go to. */
  public void ensure(Transaction transaction, Instant at) {
    ensure(transaction, List.of(at));
  }

  /** The partitions that records opened at these times go to. */
  public void ensure(Transaction transaction, Collection<Instant> times) {
    Set<LocalDate> missing = new TreeSet<>();
    for (Instant at : times) {
      LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
      if (!known.contains(day)) {
        missing.add(day);
      }
    }
    for (LocalDate day : missing) {
      int _ = transaction.sql().execute("SELECT metering.ensure_usage_partition(?)", day);
    }
    if (!missing.isEmpty()) {
      transaction.afterCommit(
          () -> {
            if (known.size() > MAX_REMEMBERED) {
              known.clear();
            }
            known.addAll(missing);
          });
    }
  }
}

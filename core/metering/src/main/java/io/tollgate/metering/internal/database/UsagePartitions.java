package io.tollgate.metering.internal.database;

import io.tollgate.data.Transaction;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the daily partitions of usage records; remembers which are there. */
public final class UsagePartitions {
  private static final int MOST_REMEMBERED = 1_000;

  private final Set<LocalDate> known = ConcurrentHashMap.newKeySet();

  /** The partition that records opened at this time go to. */
  public void ensure(Transaction transaction, Instant at) {
    LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
    if (known.contains(day)) {
      return;
    }
    int _ = transaction.sql().execute("SELECT metering.ensure_usage_partition(?)", day);
    transaction.afterCommit(
        () -> {
          if (known.size() > MOST_REMEMBERED) {
            known.clear();
          }
          known.add(day);
        });
  }
}

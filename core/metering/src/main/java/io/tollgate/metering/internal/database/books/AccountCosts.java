package io.tollgate.metering.internal.database.books;

import io.tollgate.metering.AccountCost;
import io.tollgate.metering.internal.database.tables.ArrayColumns;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a booking adds to the cost of provider accounts, by account and day (UTC) on which requests
 * were opened. Rows are written in one order, so that transactions which share some cannot
 * deadlock.
 */
final class AccountCosts {
  private static final String ADD_DAYS =
      """
      INSERT INTO metering.account_cost_day AS c (account_id, day, requests, total_nano, version)
      SELECT u.account_id, date '1970-01-01' + u.day::integer, u.requests, u.nano, 1
        FROM unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[])
          AS u (account_id, day, requests, nano)
      ON CONFLICT (account_id, day) DO UPDATE
         SET requests = c.requests + excluded.requests,
             total_nano = c.total_nano + excluded.total_nano,
             version = c.version + 1
      RETURNING account_id, requests, total_nano, version, day
      """;

  private static final String ADD_TOTALS =
      """
      INSERT INTO metering.account_cost AS c (account_id, requests, total_nano, version)
      SELECT u.account_id, u.requests, u.nano, 1
        FROM unnest(?::bigint[], ?::bigint[], ?::bigint[]) AS u (account_id, requests, nano)
      ON CONFLICT (account_id) DO UPDATE
         SET requests = c.requests + excluded.requests,
             total_nano = c.total_nano + excluded.total_nano,
             version = c.version + 1
      RETURNING account_id, requests, total_nano, version
      """;

  private final Map<Key, Sums> days = new TreeMap<>();

  private record Key(long account, long epochDay) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = Long.compare(account, other.account);
      return order != 0 ? order : Long.compare(epochDay, other.epochDay);
    }
  }

  private static final class Sums {
    private long requests;
    private long nanos;
  }

  void add(UsageStatistics.Counted one) {
    count(one, 1);
  }

  /** Takes out what was added before. */
  void remove(UsageStatistics.Counted one) {
    count(one, -1);
  }

  private void count(UsageStatistics.Counted one, int sign) {
    if (one.upstreamAccount() == 0) {
      return;
    }
    Instant at = one.openedAt();
    Key key = new Key(one.upstreamAccount(), LocalDate.ofInstant(at, ZoneOffset.UTC).toEpochDay());
    Sums sums = days.computeIfAbsent(key, fresh -> new Sums());
    sums.requests += sign;
    sums.nanos = Math.addExact(sums.nanos, sign * one.upstreamCost().orElse(0));
  }

  /** Adds everything to what is stored; what it is then. */
  List<AccountCost> write(Connection connection) throws SQLException {
    if (days.isEmpty()) {
      return List.of();
    }
    Map<Long, Sums> totals = new TreeMap<>();
    days.forEach(
        (key, sums) -> {
          Sums total = totals.computeIfAbsent(key.account(), fresh -> new Sums());
          total.requests += sums.requests;
          total.nanos = Math.addExact(total.nanos, sums.nanos);
        });
    List<AccountCost> changed = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(ADD_DAYS)) {
      var _ =
          new ArrayColumns(statement)
              .longs(days.keySet(), Key::account)
              .longs(days.keySet(), Key::epochDay)
              .longs(days.values(), sums -> sums.requests)
              .longs(days.values(), sums -> sums.nanos);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          changed.add(row(rows, Optional.of(rows.getObject(5, LocalDate.class))));
        }
      }
    }
    try (PreparedStatement statement = connection.prepareStatement(ADD_TOTALS)) {
      var _ =
          new ArrayColumns(statement)
              .longs(totals.keySet(), account -> account)
              .longs(totals.values(), sums -> sums.requests)
              .longs(totals.values(), sums -> sums.nanos);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          changed.add(row(rows, Optional.empty()));
        }
      }
    }
    return List.copyOf(changed);
  }

  private static AccountCost row(ResultSet rows, Optional<LocalDate> day) throws SQLException {
    BigInteger nanos = rows.getBigDecimal(3).toBigIntegerExact();
    return new AccountCost(rows.getLong(1), day, rows.getLong(2), nanos, rows.getLong(4));
  }
}

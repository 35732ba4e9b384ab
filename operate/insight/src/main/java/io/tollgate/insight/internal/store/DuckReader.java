package io.tollgate.insight.internal.store;

import static java.util.Objects.requireNonNull;

import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.LogHour;
import io.tollgate.insight.LogPosition;
import io.tollgate.insight.LogStatistics;
import io.tollgate.insight.LogSum;
import io.tollgate.insight.LoggedRow;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Reads the request log of one file of DuckDB. Each question is asked over a connection of its own,
 * whatever is written meanwhile. Safe for use by many threads.
 */
final class DuckReader {
  private final DuckDBConnection store;
  private final Supplier<LocalDateTime> sortedUntil;

  /**
   * @param sortedUntil no run has a request that arrived later
   */
  DuckReader(DuckDBConnection store, Supplier<LocalDateTime> sortedUntil) {
    this.store = requireNonNull(store, "store is null");
    this.sortedUntil = requireNonNull(sortedUntil, "sortedUntil is null");
  }

  List<LogSum> sums(Instant start, Instant end) throws StoreException {
    FilterSql sql = new FilterSql(LogFilter.ALL).between(start, end);
    return query(
        "SELECT tenant_id, currency, count(*), sum(quota_tokens)::BIGINT, sum(paid + owed)"
            + " FROM "
            + DuckTables.ALL
            + sql.where()
            + " AND currency IS NOT NULL AND elsewhere IS NOT TRUE GROUP BY tenant_id, currency",
        sql,
        rows -> {
          List<LogSum> sums = new ArrayList<>();
          while (rows.next()) {
            sums.add(
                new LogSum(
                    rows.getLong(1),
                    rows.getString(2),
                    rows.getLong(3),
                    rows.getLong(4),
                    new BigDecimal(rows.getString(5))));
          }
          return sums;
        });
  }

  /** How many there are, and the first of them; the bytes are not known here. */
  StoreStanding standing() throws StoreException {
    return query(
        "SELECT count(*), min(arrived_at) FROM " + DuckTables.ALL,
        new FilterSql(LogFilter.ALL),
        found -> {
          boolean _ = found.next();
          @Nullable LocalDateTime oldest = found.getObject(2, LocalDateTime.class);
          return new StoreStanding(
              found.getLong(1),
              0,
              Optional.ofNullable(oldest).map(time -> time.toInstant(ZoneOffset.UTC)));
        });
  }

  List<LoggedRow> find(LogFilter filter, int limit, Optional<LogPosition> after)
      throws StoreException {
    FilterSql sql = new FilterSql(filter);
    FilterSql restricted = after.map(sql::after).orElse(sql);
    List<LoggedRow> newest = newest(DuckTables.RECENT, restricted, limit);
    // asked after the newest: those that have become a run meanwhile count as sorted
    if (newest.size() == limit && isUnsorted(newest.getLast())) {
      return newest;
    }
    List<LoggedRow> sorted = newest(DuckTables.SORTED, restricted, limit);
    return newest.isEmpty() ? sorted : merged(newest, sorted, limit);
  }

  private List<LoggedRow> newest(String table, FilterSql filter, int limit) throws StoreException {
    return query(DuckTables.newest(table, filter.where(), limit), 1, filter, DuckReader::rows);
  }

  /** Whether no run has one that is newer. */
  private boolean isUnsorted(LoggedRow row) {
    return FilterSql.time(row.request().arrivedAt()).isAfter(sortedUntil.get());
  }

  /** One that became part of a run between both questions is in both answers. */
  private static List<LoggedRow> merged(List<LoggedRow> newest, List<LoggedRow> sorted, int limit) {
    Map<LogPosition, LoggedRow> all = new TreeMap<>(LogPosition.NEWEST_FIRST);
    sorted.forEach(row -> all.put(row.position(), row));
    newest.forEach(row -> all.put(row.position(), row));
    return all.values().stream().limit(limit).toList();
  }

  long count(LogFilter filter) throws StoreException {
    FilterSql sql = new FilterSql(filter);
    return query(
        "SELECT coalesce(sum(weight), 0)::BIGINT FROM " + DuckTables.ALL + sql.where(),
        sql,
        DuckReader::number);
  }

  List<LoggedRow> find(Collection<UUID> requests, Instant earliest, Instant latest)
      throws StoreException {
    FilterSql sql = new FilterSql(LogFilter.ALL).among(requests, earliest, latest);
    return query(
        "SELECT "
            + RequestColumns.NAMES
            + " FROM "
            + DuckTables.ALL
            + sql.where()
            + " ORDER BY arrived_at DESC, id DESC",
        sql,
        DuckReader::rows);
  }

  List<LogStatistics> statistics(LogFilter filter, LogGrouping grouping, int limit)
      throws StoreException {
    if (SummedStatistics.answer(filter, grouping)) {
      try (Connection connection = store.duplicate()) {
        return SummedStatistics.of(connection, filter, grouping, limit);
      } catch (SQLException e) {
        throw DuckWriter.failed(e);
      }
    }
    FilterSql sql = new FilterSql(filter);
    return query(
        GroupSql.query(grouping, sql.where(), limit),
        GroupSql.conditions(grouping),
        sql,
        GroupSql::read);
  }

  List<LogHour> hours(LogFilter filter, LogGrouping grouping, int limit) throws StoreException {
    FilterSql sql = new FilterSql(filter);
    return query(GroupSql.hours(grouping, sql.where(), limit), sql, GroupSql::readHours);
  }

  private <T> T query(String query, FilterSql filter, Reading<T> reading) throws StoreException {
    return query(query, 1, filter, reading);
  }

  private <T> T query(String query, int times, FilterSql filter, Reading<T> reading)
      throws StoreException {
    try (Connection connection = store.duplicate();
        PreparedStatement statement = connection.prepareStatement(query)) {
      filter.bind(statement, times);
      try (ResultSet rows = statement.executeQuery()) {
        return reading.of(rows);
      }
    } catch (SQLException e) {
      throw DuckWriter.failed(e);
    }
  }

  private static List<LoggedRow> rows(ResultSet rows) throws SQLException {
    List<LoggedRow> found = new ArrayList<>();
    while (rows.next()) {
      found.add(RequestColumns.read(rows));
    }
    return found;
  }

  private static long number(ResultSet rows) throws SQLException {
    return rows.next() ? rows.getLong(1) : 0;
  }

  private interface Reading<T> {
    T of(ResultSet rows) throws SQLException;
  }
}

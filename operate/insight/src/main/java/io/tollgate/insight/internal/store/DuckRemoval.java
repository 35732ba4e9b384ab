package io.tollgate.insight.internal.store;

import static java.util.Objects.requireNonNull;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes out of a file what is too old. For one thread at a time, the one that writes. */
record DuckRemoval(DuckWriter writer, SummedSpans summed) {
  DuckRemoval {
    requireNonNull(writer, "writer is null");
    requireNonNull(summed, "summed is null");
  }

  /** How many it took out. */
  long of(Retention retention) throws StoreException {
    long removed = 0;
    for (Map.Entry<Long, Instant> own : retention.ofTenants().entrySet()) {
      removed +=
          where(
              " WHERE tenant_id = ? AND arrived_at < ?",
              own.getKey(),
              FilterSql.time(own.getValue()));
    }
    String others =
        retention.ofTenants().isEmpty()
            ? ""
            : retention.ofTenants().keySet().stream()
                .map(String::valueOf)
                .collect(
                    Collectors.joining(",", " AND (tenant_id IS NULL OR tenant_id NOT IN (", "))"));
    return removed + where(" WHERE arrived_at < ?" + others, FilterSql.time(retention.usual()));
  }

  private long where(String condition, Object... parameters) throws StoreException {
    summed.forget(days(condition, parameters));
    long removed = 0;
    for (String table : DuckTables.NAMES) {
      removed += writer.update("DELETE FROM " + table + condition, parameters);
    }
    return removed;
  }

  private Set<LocalDate> days(String condition, Object... parameters) throws StoreException {
    try (PreparedStatement statement =
            writer.prepared(
                "SELECT DISTINCT arrived_at::DATE FROM " + DuckTables.ALL + condition, parameters);
        ResultSet rows = statement.executeQuery()) {
      Set<LocalDate> days = new HashSet<>();
      while (rows.next()) {
        boolean _ = days.add(rows.getObject(1, LocalDate.class));
      }
      return days;
    } catch (SQLException e) {
      throw DuckWriter.failed(e);
    }
  }
}

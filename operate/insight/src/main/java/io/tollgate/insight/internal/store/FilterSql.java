package io.tollgate.insight.internal.store;

import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LogPosition;
import io.tollgate.insight.LoggedRow;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** What a filter restricts, as SQL and its parameters. */
final class FilterSql {
  /** How long before its arrival the time in a request's id may lie, and after. */
  private static final long ID_SLACK_MS = 60_000;

  private final List<String> conditions = new ArrayList<>();
  private final List<Object> parameters = new ArrayList<>();

  FilterSql(LogFilter filter) {
    filter.request().ifPresent(this::request);
    filter.clientRequestId().ifPresent(id -> marked("client_mark", "client_request_id", id));
    filter.traceId().ifPresent(id -> marked("trace_mark", "trace_id", id));
    filter.tenant().ifPresent(id -> add("tenant_id = ?", id));
    filter.user().ifPresent(id -> add("user_id = ?", id));
    filter.key().ifPresent(id -> add("api_key_id = ?", id));
    filter.account().ifPresent(id -> add("account_id = ?", id));
    filter.model().ifPresent(model -> add("model = ?", model));
    filter.status().ifPresent(status -> add("status = ?", status));
    filter.errorCode().ifPresent(code -> add("error_code = ?", code));
    filter.start().ifPresent(start -> add("arrived_at >= ?", time(start)));
    filter.end().ifPresent(end -> add("arrived_at < ?", time(end)));
  }

  /** After a place in the list, which has the newest first. */
  FilterSql after(LogPosition position) {
    LocalDateTime at = time(position.arrivedAt());
    // the first part alone tells which parts of a table need not be looked at
    conditions.add("arrived_at <= ? AND (arrived_at < ? OR id < ?)");
    parameters.addAll(List.of(at, at, position.request()));
    return this;
  }

  /** One of these, which arrived in this time. */
  FilterSql among(Collection<UUID> requests, Instant earliest, Instant latest) {
    add("arrived_at >= ?", time(earliest));
    add("arrived_at <= ?", time(latest));
    conditions.add("id IN (" + String.join(",", Collections.nCopies(requests.size(), "?")) + ")");
    parameters.addAll(requests);
    return this;
  }

  /** The ids of these, wherever their rows say about that they arrived. */
  FilterSql among(List<LoggedRow> rows) {
    List<Instant> times = rows.stream().map(row -> row.request().arrivedAt()).toList();
    return among(
        rows.stream().map(row -> row.request().id().value()).toList(),
        Collections.min(times).minus(LogStore.APART),
        Collections.max(times).plus(LogStore.APART));
  }

  /** Arrived in this time. */
  FilterSql between(Instant start, Instant end) {
    add("arrived_at >= ?", time(start));
    add("arrived_at < ?", time(end));
    return this;
  }

  String where() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  /**
   * Sets its parameters.
   *
   * @param times how often its condition stands in the statement
   */
  void bind(PreparedStatement statement, int times) throws SQLException {
    for (int i = 0; i < parameters.size() * times; i++) {
      statement.setObject(i + 1, parameters.get(i % parameters.size()));
    }
  }

  /** An id of ours has its time in it, so that few parts of the table are looked at. */
  private void request(UUID id) {
    add("id = ?", id);
    if (id.version() == 7) {
      long millis = id.getMostSignificantBits() >>> 16;
      add("arrived_at >= ?", time(Instant.ofEpochMilli(Math.max(0, millis - ID_SLACK_MS))));
      add("arrived_at <= ?", time(Instant.ofEpochMilli(millis + ID_SLACK_MS)));
    }
  }

  private void marked(String mark, String column, String text) {
    add(mark + " = ?", TextMark.of(text));
    add(column + " = ?", text);
  }

  private void add(String condition, Object parameter) {
    conditions.add(condition);
    parameters.add(parameter);
  }

  static LocalDateTime time(Instant at) {
    return LocalDateTime.ofInstant(at, ZoneOffset.UTC);
  }
}

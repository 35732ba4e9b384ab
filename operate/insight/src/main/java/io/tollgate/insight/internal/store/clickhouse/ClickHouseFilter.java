package io.tollgate.insight.internal.store.clickhouse;

import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LogPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What a filter restricts, as conditions of ClickHouse. */
final class ClickHouseFilter {
  /** How long before its arrival the time in a request's id may lie, and after. */
  private static final long ID_SLACK_MS = 60_000;

  private final List<String> conditions = new ArrayList<>();

  ClickHouseFilter(LogFilter filter) {
    filter.request().ifPresent(this::request);
    filter.clientRequestId().ifPresent(id -> add("client_request_id = " + text(id)));
    filter.traceId().ifPresent(id -> add("trace_id = " + text(id)));
    filter.tenant().ifPresent(id -> add("tenant_id = " + id));
    filter.user().ifPresent(id -> add("user_id = " + id));
    filter.key().ifPresent(id -> add("api_key_id = " + id));
    filter.account().ifPresent(id -> add("account_id = " + id));
    filter.model().ifPresent(model -> add("model = " + text(model)));
    filter.status().ifPresent(status -> add("status = " + status));
    filter.errorCode().ifPresent(code -> add("error_code = " + text(code)));
    filter.start().ifPresent(start -> add("arrived_us >= " + micros(start)));
    filter.end().ifPresent(end -> add("arrived_us < " + micros(end)));
  }

  /** After a place in the list, which has the newest first. */
  ClickHouseFilter after(LogPosition position) {
    long at = micros(position.arrivedAt());
    String high = high(position.request());
    String low = low(position.request());
    add("arrived_us <= " + at);
    add(
        "(arrived_us < %d OR id_high < %s OR (id_high = %s AND id_low < %s))"
            .formatted(at, high, high, low));
    return this;
  }

  /** One of these, which arrived in this time. */
  ClickHouseFilter among(Collection<UUID> requests, Instant earliest, Instant latest) {
    add("arrived_us >= " + micros(earliest));
    add("arrived_us <= " + micros(latest));
    add(
        requests.stream()
            .map(id -> "(" + high(id) + "," + low(id) + ")")
            .collect(Collectors.joining(",", "(id_high, id_low) IN (", ")")));
    return this;
  }

  /** Arrived in this time. */
  ClickHouseFilter between(Instant start, Instant end) {
    add("arrived_us >= " + micros(start));
    add("arrived_us < " + micros(end));
    return this;
  }

  String where() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  private void request(UUID id) {
    add("id_high = " + high(id));
    add("id_low = " + low(id));
    if (id.version() == 7) {
      long millis = id.getMostSignificantBits() >>> 16;
      add("arrived_us >= " + TimeUnit.MILLISECONDS.toMicros(millis - ID_SLACK_MS));
      add("arrived_us <= " + TimeUnit.MILLISECONDS.toMicros(millis + ID_SLACK_MS));
    }
  }

  private void add(String condition) {
    conditions.add(condition);
  }

  static String high(UUID id) {
    return Long.toUnsignedString(id.getMostSignificantBits());
  }

  static String low(UUID id) {
    return Long.toUnsignedString(id.getLeastSignificantBits());
  }

  static long micros(Instant at) {
    return TimeUnit.SECONDS.toMicros(at.getEpochSecond()) + at.getNano() / 1_000;
  }

  /** As a literal. */
  static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}

package io.tollgate.insight.internal.store.clickhouse;

import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.LogHour;
import io.tollgate.insight.LogStatistics;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Statistics of requests, asked of ClickHouse. */
final class ClickHouseGroups {
  private ClickHouseGroups() {}

  /**
   * Percentiles by nearest rank of times in steps of a twentieth, as in DuckDB: what the weighted
   * ones are with a weight of one.
   */
  static String query(LogGrouping grouping, String where, int limit) {
    boolean inTime = grouping == LogGrouping.HOUR || grouping == LogGrouping.DAY;
    return "SELECT "
        + name(grouping)
        + " AS named, currency, sum(weight) AS requests, sumIf(weight, status >= 400),"
        + " sum(input_tokens), sum(output_tokens), sum(paid + owed), "
        + latency("0.5")
        + ", "
        + latency("0.95")
        + ", "
        + latency("0.99")
        + ", countIf(isNotNull(first_token_ms)), "
        + first("0.5")
        + ", "
        + first("0.95")
        + " FROM "
        + ClickHouseStore.TABLE
        + where
        + " GROUP BY named, currency ORDER BY "
        + (inTime ? "named" : "requests DESC, named")
        + ", currency LIMIT "
        + limit;
  }

  static LogStatistics read(String line) {
    ClickHouseRows.Fields in = new ClickHouseRows.Fields(line);
    Optional<String> group = in.text();
    Optional<String> currency = in.text();
    long requests = Long.parseLong(in.next());
    long failed = Long.parseLong(in.next());
    long input = Long.parseLong(in.next());
    long output = Long.parseLong(in.next());
    long cost = Long.parseLong(in.next());
    long p50 = Long.parseLong(in.next());
    long p95 = Long.parseLong(in.next());
    long p99 = Long.parseLong(in.next());
    boolean first = !in.next().equals("0");
    OptionalLong first50 = OptionalLong.of(Long.parseLong(in.next()));
    OptionalLong first95 = OptionalLong.of(Long.parseLong(in.next()));
    return new LogStatistics(
        group,
        requests,
        failed,
        input,
        output,
        currency,
        cost,
        p50,
        p95,
        p99,
        first ? first50 : OptionalLong.empty(),
        first ? first95 : OptionalLong.empty());
  }

  static String hours(LogGrouping grouping, String where, int limit) {
    return "SELECT "
        + name(LogGrouping.HOUR)
        + " AS hour, "
        + name(grouping)
        + " AS named, currency, sum(weight) AS requests, sumIf(weight, status >= 400),"
        + " sum(input_tokens), sum(output_tokens), sum(paid + owed) FROM "
        + ClickHouseStore.TABLE
        + where
        + " GROUP BY hour, named, currency ORDER BY hour, requests DESC, named, currency LIMIT "
        + limit;
  }

  static LogHour readHour(String line) {
    ClickHouseRows.Fields in = new ClickHouseRows.Fields(line);
    Instant hour = Instant.parse(in.next());
    Optional<String> group = in.text();
    Optional<String> currency = in.text();
    return new LogHour(
        hour,
        group,
        Long.parseLong(in.next()),
        Long.parseLong(in.next()),
        Long.parseLong(in.next()),
        Long.parseLong(in.next()),
        currency,
        Long.parseLong(in.next()));
  }

  private static String latency(String level) {
    return "quantileExactWeighted(" + level + ")(" + stepOf("latency_ms") + ", 1)";
  }

  private static String first(String level) {
    return "quantileExactWeightedIf("
        + level
        + ")("
        + stepOf("assumeNotNull(first_token_ms)")
        + ", 1, isNotNull(first_token_ms))";
  }

  private static String stepOf(String time) {
    return ("multiIf(%1$s < 100, %1$s, %1$s < 1000, intDiv(%1$s, 5) * 5,"
            + " %1$s < 10000, intDiv(%1$s, 50) * 50, %1$s < 100000, intDiv(%1$s, 500) * 500,"
            + " intDiv(%1$s, 5000) * 5000)")
        .formatted(time);
  }

  private static String name(LogGrouping grouping) {
    return switch (grouping) {
      case NONE -> "''";
      case TENANT -> "toString(tenant_id)";
      case USER -> "toString(user_id)";
      case KEY -> "toString(api_key_id)";
      case ACCOUNT -> "toString(account_id)";
      case MODEL -> "model";
      case PLATFORM -> "platform";
      case STATUS -> "toString(status)";
      case ERROR -> "error_code";
      case HOUR -> time("%Y-%m-%dT%H:00:00Z");
      case DAY -> time("%Y-%m-%d");
    };
  }

  private static String time(String format) {
    return "formatDateTime(toDateTime(intDiv(arrived_us, 1000000), 'UTC'), '"
        + format
        + "', 'UTC')";
  }
}

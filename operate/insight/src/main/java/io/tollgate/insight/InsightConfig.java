package io.tollgate.insight;

import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import java.time.Duration;
import java.util.List;

/**
 * Settings of the request log.
 *
 * @param spoolBytes on disk on the way to the store, at most
 * @param refusedPerSecond refused requests kept in a second by each event loop before the others
 *     are sampled
 * @param kept how long requests are kept
 * @param memoryMib what the store may use
 * @param threads what a query may run on
 * @param queriesMax queries at a time
 * @param exportsMax files of Parquet that are written at a time
 * @param exportRowsMax requests in one export
 * @param comparing from one comparison with the books to the next
 * @param comparedDays whole days that each of them looks at
 */
record InsightConfig(
    long spoolBytes,
    int refusedPerSecond,
    Duration kept,
    int memoryMib,
    int threads,
    int queriesMax,
    int exportsMax,
    int exportRowsMax,
    Duration comparing,
    int comparedDays) {
  private static final Setting<Integer> SPOOL_MIB =
      Setting.number(
          "insight.spool.mib",
          1_024,
          16,
          1_048_576,
          "Disk that requests on their way to the request log may take; what is beyond is not"
              + " logged, and counted.");
  private static final Setting<Integer> REFUSED =
      Setting.number(
          "insight.refused.per.second",
          100,
          0,
          1_000_000,
          "Refused requests that each event loop logs in a second; of more one of a hundred is"
              + " logged, and stands for a hundred.");
  private static final Setting<Integer> DAYS =
      Setting.number("insight.days", 90, 1, 3_650, "Days for which requests stay in the log.");
  private static final Setting<Integer> MEMORY_MIB =
      Setting.number(
          "insight.memory.mib",
          256,
          64,
          1_048_576,
          "Memory that the request log's store may use, beside the JVM's.");
  private static final Setting<Integer> THREADS =
      Setting.number("insight.threads", 1, 1, 64, "Threads of a query of the request log.");
  private static final Setting<Integer> QUERIES_MAX =
      Setting.number(
          "insight.queries.max", 4, 1, 64, "Queries of the request log at a time; more wait.");
  private static final Setting<Integer> EXPORTS_MAX =
      Setting.number(
          "insight.exports.max",
          2,
          1,
          64,
          "Exports of the request log at a time; who asks for one more is refused.");
  private static final Setting<Integer> EXPORT_ROWS_MAX =
      Setting.number(
          "insight.export.rows.max",
          1_000_000,
          1,
          1_000_000_000,
          "Requests in one export of the request log, the newest ones.");
  private static final Setting<Integer> COMPARE_HOURS =
      Setting.number(
          "insight.compare.hours",
          24,
          1,
          744,
          "Hours from one comparison of the request log with the books to the next.");
  private static final Setting<Integer> COMPARE_DAYS =
      Setting.number(
          "insight.compare.days",
          3,
          1,
          31,
          "Whole days (UTC) that each comparison of the request log with the books looks at.");

  static List<Setting<?>> settings() {
    return List.of(
        SPOOL_MIB,
        REFUSED,
        DAYS,
        MEMORY_MIB,
        THREADS,
        QUERIES_MAX,
        EXPORTS_MAX,
        EXPORT_ROWS_MAX,
        COMPARE_HOURS,
        COMPARE_DAYS);
  }

  static InsightConfig from(Settings settings) {
    return new InsightConfig(
        (long) settings.get(SPOOL_MIB) << 20,
        settings.get(REFUSED),
        Duration.ofDays(settings.get(DAYS)),
        settings.get(MEMORY_MIB),
        settings.get(THREADS),
        settings.get(QUERIES_MAX),
        settings.get(EXPORTS_MAX),
        settings.get(EXPORT_ROWS_MAX),
        Duration.ofHours(settings.get(COMPARE_HOURS)),
        settings.get(COMPARE_DAYS));
  }
}

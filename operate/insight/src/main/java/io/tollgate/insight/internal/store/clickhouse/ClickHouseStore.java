package io.tollgate.insight.internal.store.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LogGrouping;
import io.tollgate.insight.LogHour;
import io.tollgate.insight.LogPosition;
import io.tollgate.insight.LogStatistics;
import io.tollgate.insight.LogSum;
import io.tollgate.insight.LoggedRow;
import io.tollgate.insight.internal.spool.SpoolEntry;
import io.tollgate.insight.internal.spool.SpoolReader;
import io.tollgate.insight.internal.store.LogStore;
import io.tollgate.insight.internal.store.Retention;
import io.tollgate.insight.internal.store.StoreException;
import io.tollgate.insight.internal.store.StoreExport;
import io.tollgate.insight.internal.store.StoreStanding;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * The request log in a table of ClickHouse, which many processes may share.
 *
 * <p>A batch is one insert into one partition, which is there whole or not at all. How far the
 * spool is stored stands in the last row of its batch, so that whoever does not know whether an
 * insert was done asks; first they end one that may still be running. A row that came twice all the
 * same, by an insert that was cut on its way, has the same key, and the engine keeps one of both.
 */
public final class ClickHouseStore implements LogStore {
  static final String TABLE = "tollgate_request";

  /** By the day of storing, so that no batch is in two partitions. */
  private static final String DEFINITION =
      "CREATE TABLE IF NOT EXISTS "
          + TABLE
          + """
             (
              id_high UInt64, id_low UInt64, arrived_us Int64, route String,
              tenant_id Nullable(Int64), user_id Nullable(Int64), api_key_id Nullable(Int64),
              account_id Nullable(Int64), platform Nullable(String), model Nullable(String),
              upstream_model Nullable(String), stream UInt8, status Int32,
              error_code Nullable(String), attempts String, input_tokens Int64,
              output_tokens Int64, usage String, currency Nullable(String),
              price_version Nullable(String), quota_tokens Int64, paid Int64, owed Int64,
              client_request_id Nullable(String), trace_id Nullable(String), latency_ms Int64,
              first_token_ms Nullable(Int64), weight Int32, elsewhere UInt8, stored_on Date,
              mark_files Array(String), mark_positions Array(Int64)
            ) ENGINE = ReplacingMergeTree()
            PARTITION BY toYYYYMM(stored_on) ORDER BY (arrived_us, id_high, id_low)
            """;

  private static final Duration DELETION_MAX = Duration.ofSeconds(60);
  private static final Duration DELETION_LOOK = Duration.ofMillis(100);

  private final ClickHouseHttp http;
  private final InstantSource clock;

  private ClickHouseStore(ClickHouseHttp http, InstantSource clock) {
    this.http = http;
    this.clock = clock;
  }

  /**
   * Opens the table, or makes it.
   *
   * @param writer a name that this installation's process keeps over restarts, of letters, digits
   *     and dashes
   */
  public static ClickHouseStore open(ClickHouseServer server, String writer, InstantSource clock)
      throws StoreException {
    ClickHouseStore store = new ClickHouseStore(new ClickHouseHttp(server, writer), clock);
    try {
      store.http.run(DEFINITION);
      store.complete();
      return store;
    } catch (StoreException e) {
      store.close();
      throw e;
    }
  }

  /** A table that was made before there was such a column gets it. */
  private void complete() throws StoreException {
    long there =
        number(
            "SELECT count() FROM system.columns WHERE database = currentDatabase() AND table = '"
                + TABLE
                + "' AND name = 'elsewhere'");
    if (there == 0) {
      http.run("ALTER TABLE " + TABLE + " ADD COLUMN elsewhere UInt8 AFTER weight");
    }
  }

  @Override
  public Map<String, Integer> marks(Set<String> there) throws StoreException {
    endInserts();
    Map<String, Integer> marks = new HashMap<>();
    if (there.isEmpty()) {
      return marks;
    }
    String files =
        there.stream().map(ClickHouseFilter::text).collect(Collectors.joining(",", "(", ")"));
    for (String line :
        http.rows(
            "SELECT file, max(position) FROM "
                + TABLE
                + " ARRAY JOIN mark_files AS file, mark_positions AS position WHERE file IN "
                + files
                + " GROUP BY file")) {
      ClickHouseRows.Fields in = new ClickHouseRows.Fields(line);
      marks.put(in.text().orElse(""), Integer.parseInt(in.next()));
    }
    return marks;
  }

  /** One whose answer was not heard may run still: until it is over, nobody knows what it did. */
  private void endInserts() throws StoreException {
    String running = " WHERE startsWith(query_id, " + ClickHouseFilter.text(http.inserting()) + ")";
    if (number("SELECT count() FROM system.processes" + running) == 0) {
      return;
    }
    http.run("KILL QUERY" + running + " SYNC");
    if (number("SELECT count() FROM system.processes" + running) > 0) {
      throw new StoreException("an insert into ClickHouse is still running");
    }
  }

  @Override
  public void replace(List<LoggedRow> rows) throws StoreException {
    List<Instant> times = rows.stream().map(row -> row.request().arrivedAt()).toList();
    ClickHouseFilter those =
        new ClickHouseFilter(LogFilter.ALL)
            .among(
                rows.stream().map(row -> row.request().id().value()).toList(),
                Collections.min(times).minus(APART),
                Collections.max(times).plus(APART));
    if (number("SELECT count() FROM " + TABLE + those.where()) > 0) {
      http.run("ALTER TABLE " + TABLE + " DELETE" + those.where());
      awaitDeleted(those);
    }
    append(
        new SpoolReader.Batch(
            rows.stream().map(SpoolEntry::of).toList(), Map.of(), List.of(), false));
  }

  /** The engine deletes when it gets to it; what it deletes is what was there when it was asked. */
  private void awaitDeleted(ClickHouseFilter those) throws StoreException {
    long until = System.nanoTime() + DELETION_MAX.toNanos();
    while (number("SELECT count() FROM " + TABLE + those.where()) > 0) {
      if (System.nanoTime() - until > 0) {
        throw new StoreException("ClickHouse has not deleted what is to be replaced in time");
      }
      LockSupport.parkNanos(DELETION_LOOK.toNanos());
    }
  }

  @Override
  public List<LogSum> sums(Instant start, Instant end) throws StoreException {
    return http
        .rows(
            "SELECT tenant_id, currency, count(), sum(quota_tokens), sum(toInt64(paid + owed)) FROM "
                + TABLE
                + new ClickHouseFilter(LogFilter.ALL).between(start, end).where()
                + " AND isNotNull(currency) AND elsewhere = 0 GROUP BY tenant_id, currency")
        .stream()
        .map(ClickHouseRows.Fields::new)
        .map(
            in ->
                new LogSum(
                    in.number().orElseThrow(),
                    in.text().orElse(""),
                    Long.parseLong(in.next()),
                    Long.parseLong(in.next()),
                    new BigDecimal(in.next())))
        .toList();
  }

  @Override
  public void append(SpoolReader.Batch batch) throws StoreException {
    String today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toString();
    StringBuilder rows = new StringBuilder(batch.entries().size() * 400);
    int left = batch.entries().size();
    for (SpoolEntry entry : batch.entries()) {
      left--;
      ClickHouseRows.write(rows, entry, today, left == 0 ? batch.marks() : Map.of());
    }
    http.insert(
        "INSERT INTO " + TABLE + " (" + ClickHouseRows.INSERTED + ") FORMAT TabSeparated",
        rows.toString().getBytes(UTF_8));
  }

  @Override
  public long remove(Retention retention) throws StoreException {
    StringBuilder old = new StringBuilder("(arrived_us < ");
    old.append(ClickHouseFilter.micros(retention.usual()));
    if (!retention.ofTenants().isEmpty()) {
      old.append(" AND (isNull(tenant_id) OR tenant_id NOT IN (")
          .append(
              retention.ofTenants().keySet().stream()
                  .map(String::valueOf)
                  .collect(Collectors.joining(",")))
          .append("))");
    }
    old.append(')');
    retention
        .ofTenants()
        .forEach(
            (tenant, until) ->
                old.append(" OR (tenant_id = ")
                    .append(tenant)
                    .append(" AND arrived_us < ")
                    .append(ClickHouseFilter.micros(until))
                    .append(')'));
    long rows = number("SELECT count() FROM " + TABLE + " WHERE " + old);
    if (rows > 0) {
      http.run("ALTER TABLE " + TABLE + " DELETE WHERE " + old);
    }
    return rows;
  }

  @Override
  public StoreStanding standing() throws StoreException {
    ClickHouseRows.Fields in =
        new ClickHouseRows.Fields(
            http.rows("SELECT count(), min(arrived_us) FROM " + TABLE).getFirst());
    long rows = Long.parseLong(in.next());
    long oldest = Long.parseLong(in.next());
    long bytes =
        number(
            "SELECT sum(bytes_on_disk) FROM system.parts WHERE active AND database ="
                + " currentDatabase() AND table = '"
                + TABLE
                + "'");
    return new StoreStanding(
        rows, bytes, rows == 0 ? Optional.empty() : Optional.of(ClickHouseRows.instant(oldest)));
  }

  @Override
  public List<LoggedRow> find(LogFilter filter, int limit, Optional<LogPosition> after)
      throws StoreException {
    ClickHouseFilter sql = new ClickHouseFilter(filter);
    return found(
        after.map(sql::after).orElse(sql),
        " ORDER BY arrived_us DESC, id_high DESC, id_low DESC LIMIT 1 BY id_high, id_low LIMIT "
            + limit);
  }

  @Override
  public List<LoggedRow> find(Collection<UUID> requests, Instant earliest, Instant latest)
      throws StoreException {
    return found(
        new ClickHouseFilter(LogFilter.ALL).among(requests, earliest, latest),
        " LIMIT 1 BY id_high, id_low");
  }

  private List<LoggedRow> found(ClickHouseFilter filter, String order) throws StoreException {
    return http
        .rows("SELECT " + ClickHouseRows.NAMES + " FROM " + TABLE + filter.where() + order)
        .stream()
        .map(ClickHouseRows::read)
        .toList();
  }

  @Override
  public long count(LogFilter filter) throws StoreException {
    return number("SELECT sum(weight) FROM " + TABLE + new ClickHouseFilter(filter).where());
  }

  /** Its engine reads as many rows at once as there are cores. */
  @Override
  public boolean addUp(Instant until, Retention bounds) {
    return false;
  }

  @Override
  public List<LogStatistics> statistics(LogFilter filter, LogGrouping grouping, int limit)
      throws StoreException {
    return http
        .rows(ClickHouseGroups.query(grouping, new ClickHouseFilter(filter).where(), limit))
        .stream()
        .map(ClickHouseGroups::read)
        .toList();
  }

  @Override
  public List<LogHour> hours(LogFilter filter, LogGrouping grouping, int limit)
      throws StoreException {
    return http
        .rows(ClickHouseGroups.hours(grouping, new ClickHouseFilter(filter).where(), limit))
        .stream()
        .map(ClickHouseGroups::readHour)
        .toList();
  }

  @Override
  public StoreExport parquet(LogFilter filter, long rowsMax, Path file) {
    return new ClickHouseExport(http, new ClickHouseFilter(filter), rowsMax, file);
  }

  private long number(String query) throws StoreException {
    List<String> rows = http.rows(query);
    return rows.isEmpty() ? 0 : Long.parseLong(rows.getFirst());
  }

  @Override
  public void close() {
    http.close();
  }
}

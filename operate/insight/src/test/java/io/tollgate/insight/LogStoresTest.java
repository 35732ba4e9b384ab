package io.tollgate.insight;

import static io.tollgate.insight.Requests.NOON;
import static io.tollgate.insight.Requests.refused;
import static io.tollgate.insight.Requests.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.data.testing.TestClickHouse;
import io.tollgate.insight.internal.spool.SpoolEntry;
import io.tollgate.insight.internal.spool.SpoolReader;
import io.tollgate.insight.internal.store.DuckStore;
import io.tollgate.insight.internal.store.LogStore;
import io.tollgate.insight.internal.store.Retention;
import io.tollgate.insight.internal.store.StoreException;
import io.tollgate.insight.internal.store.clickhouse.ClickHouseStore;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one store answers, the other answers too. */
@Tag("slow")
class LogStoresTest {
  private static TestClickHouse engine;

  @TempDir private Path home;
  private LogStore duck;
  private LogStore house;

  @BeforeAll
  static void start() throws Exception {
    engine =
        ClickHouses.had(
            TestClickHouse.current(), "the engine of ClickHouse (see target/python.log)");
  }

  @AfterAll
  static void stop() {
    if (engine != null) {
      engine.close();
    }
  }

  @BeforeEach
  void open() throws Exception {
    Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    duck = DuckStore.open(home.resolve("requests.duckdb"), 256, 1, 100);
    house = ClickHouseStore.open(ClickHouses.address(engine), "test", clock);
    long unused = house.remove(Retention.of(NOON.plus(Duration.ofDays(400))));
    await().until(() -> house.count(LogFilter.ALL) == 0);
  }

  @Test
  void lists_counts_and_statistics_are_equal() throws Exception {
    List<SpoolEntry> entries = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      entries.add(
          new SpoolEntry(
              served(
                  NOON.plusSeconds(i * 31L).plusNanos(i * 1_000L),
                  1 + i % 7,
                  "model-" + i % 3,
                  i * i * 13L,
                  i * i),
              1));
    }
    entries.add(new SpoolEntry(served(NOON, 8, "odd '\\\" =1+1 \t\n\u20ac\ud83d\ude00"), 1));
    for (int i = 0; i < 40; i++) {
      entries.add(new SpoolEntry(refused(NOON.plusSeconds(i * 100L), 401, "INVALID_API_KEY"), 100));
    }
    both(new SpoolReader.Batch(entries, Map.of("a.spool", 77), List.of(), false));

    List<LogFilter> filters = new ArrayList<>();
    filters.add(LogFilter.ALL);
    filters.add(LogFilter.of(entries.get(5).request().id().value()));
    filters.add(filter(OptionalLong.of(3), Optional.empty(), OptionalInt.empty()));
    filters.add(filter(OptionalLong.empty(), Optional.of("model-1"), OptionalInt.empty()));
    filters.add(
        filter(OptionalLong.empty(), entries.get(300).request().model(), OptionalInt.empty()));
    filters.add(filter(OptionalLong.empty(), Optional.empty(), OptionalInt.of(401)));
    filters.add(
        filter(OptionalLong.empty(), Optional.of("'; DROP TABLE x --\\"), OptionalInt.empty()));
    for (LogFilter filter : filters) {
      assertThat(house.count(filter)).isEqualTo(duck.count(filter));
      assertThat(house.find(filter, 1_000, Optional.empty()))
          .isEqualTo(duck.find(filter, 1_000, Optional.empty()));
      for (LogGrouping grouping : LogGrouping.values()) {
        assertThat(house.statistics(filter, grouping, 1_000))
            .as("%s by %s", filter, grouping)
            .isEqualTo(duck.statistics(filter, grouping, 1_000));
        assertThat(house.hours(filter, grouping, 10_000))
            .as("%s hour by hour, by %s", filter, grouping)
            .isEqualTo(duck.hours(filter, grouping, 10_000));
      }
    }
    assertThat(duck.count(filters.get(4))).isOne();
    paged();
    assertThat(house.standing().rows()).isEqualTo(341).isEqualTo(duck.standing().rows());
    assertThat(house.standing().oldest()).isEqualTo(duck.standing().oldest()).contains(NOON);
    assertThat(house.standing().bytes()).isPositive();
  }

  private void paged() throws StoreException {
    Set<LoggedRow> seen = new HashSet<>();
    Optional<LogPosition> after = Optional.empty();
    List<LoggedRow> page;
    do {
      page = house.find(LogFilter.ALL, 50, after);
      assertThat(page).isEqualTo(duck.find(LogFilter.ALL, 50, after));
      seen.addAll(page);
      after = page.isEmpty() ? after : Optional.of(page.getLast().position());
    } while (!page.isEmpty());
    assertThat(seen).hasSize(341);
  }

  @Test
  void a_batch_that_came_twice_is_there_once_and_its_marks_are_known() throws Exception {
    SpoolEntry entry = new SpoolEntry(served(NOON, 1, "twice"), 1);
    Map<String, Integer> marks = Map.of("a.spool", 10, "b.spool", 20);
    SpoolReader.Batch batch = new SpoolReader.Batch(List.of(entry), marks, List.of(), false);
    house.append(batch);
    house.append(batch);
    assertThat(house.find(LogFilter.ALL, 10, Optional.empty())).hasSize(1);
    assertThat(house.marks(Set.of("a.spool", "b.spool", "c.spool"))).isEqualTo(marks);
    duck.append(batch);
    assertThat(duck.marks(Set.of("a.spool", "b.spool", "c.spool"))).isEqualTo(marks);
  }

  @Test
  void what_is_too_old_leaves_both_by_tenant() throws Exception {
    List<SpoolEntry> entries = new ArrayList<>();
    for (int day = 0; day < 10; day++) {
      entries.add(new SpoolEntry(served(NOON.minus(Duration.ofDays(day)), 1, "m"), 1));
      entries.add(new SpoolEntry(refused(NOON.minus(Duration.ofDays(day)), 401, "X"), 1));
    }
    both(new SpoolReader.Batch(entries, Map.of("a.spool", 1), List.of(), false));
    Retention retention =
        new Retention(NOON.minus(Duration.ofDays(8)), Map.of(1L, NOON.minus(Duration.ofDays(3))));
    assertThat(duck.remove(retention)).isEqualTo(6 + 1);
    assertThat(house.remove(retention)).isEqualTo(6 + 1);
    await().until(() -> house.count(LogFilter.ALL) == 13);
    assertThat(house.find(LogFilter.ALL, 100, Optional.empty()))
        .isEqualTo(duck.find(LogFilter.ALL, 100, Optional.empty()));
  }

  @Test
  void what_is_set_right_is_right_in_both_and_sums_are_equal() throws Exception {
    List<SpoolEntry> entries = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      entries.add(new SpoolEntry(served(NOON.plusSeconds(i), 1 + i % 3, "m"), 1));
    }
    both(new SpoolReader.Batch(entries, Map.of("a.spool", 1), List.of(), false));
    List<LoggedRow> right = new ArrayList<>();
    for (SpoolEntry entry : entries.subList(0, 10)) {
      right.add(new LoggedRow(entry.request(), 1));
    }
    right.add(new LoggedRow(served(NOON.plusSeconds(99), 5, "new"), 1));
    // what others tell of is not in the books, and in no sum that is held against them
    right.add(new LoggedRow(served(NOON.plusSeconds(98), 5, "of others"), 1, true));
    duck.replace(right);
    house.replace(right);
    List<LoggedRow> all = duck.find(LogFilter.ALL, 100, Optional.empty());
    assertThat(house.find(LogFilter.ALL, 100, Optional.empty())).hasSize(32).isEqualTo(all);
    assertThat(all.stream().filter(LoggedRow::elsewhere)).containsExactly(all.get(1));
    assertThat(house.sums(NOON, NOON.plusSeconds(100)))
        .isEqualTo(duck.sums(NOON, NOON.plusSeconds(100)))
        .containsExactly(new LogSum(1, "USD", 31, 31 * 7, BigDecimal.valueOf(31 * 1_234_567L)));
  }

  @Test
  void a_table_of_before_there_were_those_of_others_is_read_on() throws Exception {
    Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    SpoolReader.Batch batch =
        new SpoolReader.Batch(
            List.of(new SpoolEntry(served(NOON, 1, "m"), 1)), Map.of(), List.of(), false);
    house.append(batch);
    String _ = engine.ask("ALTER TABLE tollgate_request DROP COLUMN elsewhere");
    try (ClickHouseStore again = ClickHouseStore.open(ClickHouses.address(engine), "test", clock)) {
      assertThat(again.find(LogFilter.ALL, 10, Optional.empty()))
          .extracting(LoggedRow::elsewhere)
          .containsExactly(false);
      again.append(batch);
      assertThat(again.sums(NOON, NOON.plusSeconds(1))).hasSize(1);
    }
  }

  @Test
  void both_write_the_same_parquet() throws Exception {
    List<SpoolEntry> entries = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      entries.add(new SpoolEntry(served(NOON.plusSeconds(i), 1 + i % 3, "m"), 1));
      entries.add(new SpoolEntry(refused(NOON.plusSeconds(i), 401, "X"), 100));
    }
    both(new SpoolReader.Batch(entries, Map.of("a.spool", 1), List.of(), false));
    Path one = home.resolve("duck.parquet");
    Path other = home.resolve("house.parquet");
    duck.parquet(LogFilter.ALL, 90, one).run();
    house.parquet(LogFilter.ALL, 90, other).run();
    assertThat(rows(other)).hasSize(90).isEqualTo(rows(one));
  }

  private static List<String> rows(Path parquet) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT request_id::VARCHAR, epoch_us(created_at), * EXCLUDE (request_id,"
                    + " created_at, stream, cost), stream::INTEGER, cost::DECIMAL(38,9)"
                    + " FROM read_parquet('"
                    + parquet
                    + "')")) {
      while (found.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(found.getString(i)));
        }
        rows.add(String.join("|", row));
      }
    }
    return rows;
  }

  /** In parts, so that some of them are sorted in runs when the last ones come. */
  private void both(SpoolReader.Batch batch) throws StoreException {
    List<SpoolEntry> entries = batch.entries();
    for (int i = 0; i < entries.size(); i += 70) {
      duck.append(
          new SpoolReader.Batch(
              entries.subList(i, Math.min(i + 70, entries.size())),
              batch.marks(),
              List.of(),
              false));
    }
    house.append(batch);
  }

  private static LogFilter filter(OptionalLong user, Optional<String> model, OptionalInt status) {
    LogFilter all = LogFilter.ALL;
    return new LogFilter(
        all.request(),
        all.clientRequestId(),
        all.traceId(),
        all.tenant(),
        user,
        all.key(),
        all.account(),
        model,
        status,
        all.errorCode(),
        all.booked(),
        Optional.of(NOON),
        Optional.of(NOON.plusSeconds(8_000)));
  }
}

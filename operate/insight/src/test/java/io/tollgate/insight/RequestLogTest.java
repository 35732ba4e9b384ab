package io.tollgate.insight;

import static io.tollgate.insight.Requests.NOON;
import static io.tollgate.insight.Requests.refused;
import static io.tollgate.insight.Requests.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.ground.TenantId;
import io.tollgate.insight.internal.ExportFiles;
import io.tollgate.insight.internal.LogKeeper;
import io.tollgate.insight.internal.spool.SpoolFolder;
import io.tollgate.insight.internal.spool.SpoolMeters;
import io.tollgate.insight.internal.spool.SpoolWriter;
import io.tollgate.insight.internal.store.DuckStore;
import io.tollgate.relay.gateway.LoggedAttempt;
import io.tollgate.relay.gateway.LoggedRequest;
import io.tollgate.relay.gateway.RequestLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the spool into the store and out again, with the real engine. */
class RequestLogTest {
  private static final int SEGMENT = 64 << 10;
  private static final Duration KEPT = Duration.ofDays(1);

  @TempDir private Path home;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private Map<TenantId, Duration> keptOf = Map.of();
  private int boots;

  @Test
  void what_was_logged_is_found_as_it_was() throws Exception {
    LoggedRequest request = served(NOON, 42, "gpt-4o");
    LoggedRequest nobody = refused(NOON.plusMillis(1), 401, "INVALID_API_KEY");
    try (Opened log = open()) {
      log.writer.ended(request);
      log.writer.ended(nobody);
      awaitCount(log, 2);

      LoggedRow found =
          log.keeper.find(LogFilter.of(request.id().value()), 10, Optional.empty()).getFirst();
      assertThat(found.weight()).isEqualTo(1);
      assertThat(found.request())
          .usingRecursiveComparison()
          .ignoringFields("attempts")
          .isEqualTo(request);
      // what would part the fields of the text is gone
      assertThat(found.request().attempts())
          .containsExactly(
              request.attempts().getFirst(), new LoggedAttempt(4, "gpt-4o  ", 41, 900, "answered"));
      assertThat(log.keeper.find(LogFilter.of(nobody.id().value()), 10, Optional.empty()))
          .containsExactly(new LoggedRow(nobody, 1));
    }
  }

  @Test
  void pages_follow_each_other_newest_first_and_every_filter_restricts() throws Exception {
    try (Opened log = open()) {
      for (int i = 0; i < 250; i++) {
        log.writer.ended(served(NOON.plusSeconds(i / 10), 1 + i % 5, "model-" + i % 3));
      }
      log.writer.ended(refused(NOON.plusSeconds(90), 404, "MODEL_NOT_FOUND"));
      awaitCount(log, 251);

      List<LoggedRow> all = new ArrayList<>();
      Optional<LogPosition> after = Optional.empty();
      List<LoggedRow> page;
      do {
        page = log.keeper.find(LogFilter.ALL, 100, after);
        all.addAll(page);
        after = page.isEmpty() ? after : Optional.of(page.getLast().position());
      } while (!page.isEmpty());
      assertThat(all).hasSize(251).doesNotHaveDuplicates();
      assertThat(all)
          .extracting(row -> row.request().arrivedAt())
          .isSortedAccordingTo((a, b) -> b.compareTo(a));

      assertThat(
              log.keeper.count(filter(OptionalLong.of(3), Optional.empty(), OptionalInt.empty())))
          .isEqualTo(50);
      assertThat(
              log.keeper.count(
                  filter(OptionalLong.empty(), Optional.of("model-1"), OptionalInt.empty())))
          .isEqualTo(83);
      assertThat(
              log.keeper.count(filter(OptionalLong.empty(), Optional.empty(), OptionalInt.of(404))))
          .isEqualTo(1);
      assertThat(
              log.keeper.count(
                  filter(
                      OptionalLong.empty(),
                      Optional.of("'; DROP TABLE request --"),
                      OptionalInt.empty())))
          .isZero();
    }
  }

  @Test
  void statistics_group_and_add_up() throws Exception {
    try (Opened log = open()) {
      for (int i = 0; i < 100; i++) {
        log.writer.ended(served(NOON.plusSeconds(i), 1, i < 60 ? "a" : "b"));
      }
      log.writer.ended(refused(NOON, 429, "RATE_LIMITED"));
      awaitCount(log, 101);

      List<LogStatistics> models = log.keeper.statistics(LogFilter.ALL, LogGrouping.MODEL, 10);
      assertThat(models)
          .extracting(LogStatistics::group)
          .containsExactly(Optional.of("a"), Optional.of("b"), Optional.empty());
      LogStatistics a = models.getFirst();
      assertThat(a.requests()).isEqualTo(60);
      assertThat(a.failed()).isZero();
      assertThat(a.inputTokens()).isEqualTo(60 * 120);
      assertThat(a.outputTokens()).isEqualTo(60 * 30);
      assertThat(a.cost()).isEqualTo(60 * 1_234_567L);
      assertThat(a.currency()).contains("USD");
      // 941 in steps of a twentieth
      assertThat(a.latencyP95Ms()).isEqualTo(940);
      assertThat(a.firstTokenP50Ms()).hasValue(99);
      assertThat(models.getLast().failed()).isEqualTo(1);
      for (LogGrouping grouping : LogGrouping.values()) {
        long requests =
            log.keeper.statistics(LogFilter.ALL, grouping, 1_000).stream()
                .mapToLong(LogStatistics::requests)
                .sum();
        assertThat(requests).as("%s", grouping).isEqualTo(101);
        long inHours =
            log.keeper.hours(LogFilter.ALL, grouping, 1_000).stream()
                .mapToLong(LogHour::requests)
                .sum();
        assertThat(inHours).as("%s hour by hour", grouping).isEqualTo(101);
      }
    }
  }

  @Test
  void what_a_killed_process_has_spooled_is_kept_once() throws Exception {
    // the folder is left as a kill leaves it: nothing closed, nothing read
    SpoolFolder killed = folder();
    SpoolWriter writer = new SpoolWriter(killed, 100, new SpoolMeters(meters, killed));
    for (int i = 0; i < 1_000; i++) {
      writer.ended(served(NOON.plusMillis(i), i + 1, "gpt-4o"));
    }
    try (Opened log = open()) {
      awaitCount(log, 1_000);
    }
    try (Opened again = open()) {
      awaitCount(again, 1_000);
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void a_kill_between_the_store_and_the_spool_repeats_nothing() throws Exception {
    SpoolFolder killed = folder();
    SpoolWriter writer = new SpoolWriter(killed, 100, new SpoolMeters(meters, killed));
    for (int i = 0; i < 500; i++) {
      writer.ended(served(NOON.plusMillis(i), i + 1, "gpt-4o"));
    }
    Path copies = Files.createDirectory(home.resolve("copies"));
    for (Path file : files()) {
      Files.copy(file, copies.resolve(file.getFileName()));
    }
    try (Opened log = open()) {
      awaitCount(log, 500);
    }
    // as if the process had died after the store's commit and before the files were removed
    try (Stream<Path> kept = Files.list(copies)) {
      for (Path file : kept.toList()) {
        Files.copy(file, home.resolve("spool").resolve(file.getFileName()));
      }
    }
    try (Opened again = open()) {
      await().until(() -> files().isEmpty());
      assertThat(again.keeper.count(LogFilter.ALL)).isEqualTo(500);
    }
  }

  @Test
  void an_entry_that_was_cut_ends_its_file_and_nothing_else() throws Exception {
    SpoolFolder killed = folder();
    SpoolWriter writer = new SpoolWriter(killed, 100, new SpoolMeters(meters, killed));
    for (int i = 0; i < 10; i++) {
      writer.ended(served(NOON.plusMillis(i), i + 1, "gpt-4o"));
    }
    Path file = files().getFirst();
    byte[] bytes = Files.readAllBytes(file);
    int third = 0;
    for (int i = 0; i < 2; i++) {
      third += 8 + ByteBuffer.wrap(bytes).getInt(third);
    }
    bytes[third + 20] ^= 1;
    Files.write(file, bytes);
    try (Opened log = open()) {
      awaitCount(log, 2);
      log.writer.ended(served(NOON, 1, "gpt-4o"));
      awaitCount(log, 3);
      assertThat(meters.counter("tollgate.request.log.unread").count()).isEqualTo(1);
    }
  }

  @Test
  void a_flood_of_refusals_is_sampled_and_counted_whole() throws Exception {
    try (Opened log = open()) {
      for (int i = 0; i < 10_100; i++) {
        log.writer.ended(refused(NOON.plusNanos(i), 401, "INVALID_API_KEY"));
      }
      log.writer.ended(served(NOON, 1, "gpt-4o"));
      awaitCount(log, 10_101);
      assertThat(log.keeper.find(LogFilter.ALL, 10_000, Optional.empty())).hasSize(100 + 100 + 1);
      assertThat(meters.counter("tollgate.request.log.sampled.out").count()).isEqualTo(9_900);
    }
  }

  @Test
  void a_spool_that_is_full_loses_the_newest_and_says_so() throws Exception {
    SpoolFolder full = SpoolFolder.open(home.resolve("spool"), SEGMENT, 2 * SEGMENT, "full");
    SpoolWriter writer = new SpoolWriter(full, 100, new SpoolMeters(meters, full));
    for (int i = 0; i < 2_000; i++) {
      writer.ended(served(NOON.plusMillis(i), i + 1, "gpt-4o"));
    }
    double lost = meters.counter("tollgate.request.log.lost").count();
    double spooled = meters.counter("tollgate.request.log.spooled").count();
    assertThat(lost).isPositive();
    assertThat(lost + spooled).isEqualTo(2_000);
    assertThat(full.bytes()).isEqualTo(2 * SEGMENT);
  }

  @Test
  void what_is_too_old_leaves_the_store() throws Exception {
    try (Opened log = open(KEPT.multipliedBy(2))) {
      log.writer.ended(served(NOON.minus(KEPT).minusSeconds(1), 1, "old"));
      log.writer.ended(served(NOON, 1, "new"));
      awaitCount(log, 2);
    }
    try (Opened again = open()) {
      await().until(() -> again.keeper.count(LogFilter.ALL) == 1);
      assertThat(again.keeper.find(LogFilter.ALL, 10, Optional.empty()))
          .extracting(row -> row.request().model())
          .containsExactly(Optional.of("new"));
    }
  }

  @Test
  void requests_of_a_tenant_stay_for_as_long_as_the_tenant_says() throws Exception {
    LoggedRequest theirs = served(NOON.minus(KEPT.multipliedBy(5)), 1, "theirs");
    LoggedRequest nobodys = refused(NOON.minus(KEPT.multipliedBy(2)), 401, "INVALID_API_KEY");
    try (Opened log = open(KEPT.multipliedBy(9))) {
      log.writer.ended(theirs);
      log.writer.ended(nobodys);
      awaitCount(log, 2);
      await().until(() -> meters.get("tollgate.request.log.rows").gauge().value() >= 0);
    }
    keptOf = Map.of(new TenantId(1), KEPT.multipliedBy(6));
    try (Opened again = open()) {
      await().until(() -> again.keeper.count(LogFilter.ALL) == 1);
      assertThat(again.keeper.find(LogFilter.ALL, 10, Optional.empty()))
          .extracting(row -> row.request().id())
          .containsExactly(theirs.id());
    }
  }

  @Test
  void a_store_that_cannot_be_opened_loses_nothing() throws Exception {
    Path file = home.resolve("requests.duckdb");
    Files.createDirectory(file);
    try (Opened log = open()) {
      for (int i = 0; i < 100; i++) {
        log.writer.ended(served(NOON.plusMillis(i), i + 1, "gpt-4o"));
      }
      await().until(() -> meters.get("tollgate.request.log.lag.seconds").gauge().value() > 0);
      Files.delete(file);
      awaitCount(log, 100);
      await().until(() -> meters.get("tollgate.request.log.lag.seconds").gauge().value() == 0);
    }
  }

  private Opened open() throws IOException {
    return open(KEPT);
  }

  private Opened open(Duration kept) throws IOException {
    SpoolFolder folder = folder();
    SpoolMeters counts = new SpoolMeters(meters, folder);
    LogKeeper keeper =
        new LogKeeper(
            () -> DuckStore.open(home.resolve("requests.duckdb"), 128, 1),
            folder,
            counts,
            () -> kept,
            () -> keptOf,
            Clock.fixed(NOON, ZoneOffset.UTC),
            2,
            new ExportFiles(home.resolve("exports"), 1));
    keeper.start();
    return new Opened(keeper, new SpoolWriter(folder, 100, counts));
  }

  private SpoolFolder folder() throws IOException {
    return SpoolFolder.open(home.resolve("spool"), SEGMENT, 64L << 20, "boot" + ++boots);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("spool"))) {
      return files.sorted().toList();
    }
  }

  private static void awaitCount(Opened log, long requests) {
    await().atMost(Duration.ofSeconds(30)).until(() -> log.keeper.count(LogFilter.ALL) == requests);
  }

  private static LogFilter filter(OptionalLong user, Optional<String> model, OptionalInt status) {
    return new LogFilter(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        OptionalLong.empty(),
        user,
        OptionalLong.empty(),
        OptionalLong.empty(),
        model,
        status,
        Optional.empty(),
        Optional.empty(),
        Optional.of(NOON.minusSeconds(1)),
        Optional.of(NOON.plusSeconds(100)));
  }

  private record Opened(LogKeeper keeper, RequestLog writer) implements AutoCloseable {
    @Override
    public void close() {
      keeper.close();
    }
  }
}

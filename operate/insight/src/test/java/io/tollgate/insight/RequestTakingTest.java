package io.tollgate.insight;

import static io.tollgate.insight.Requests.NOON;
import static io.tollgate.insight.Requests.refused;
import static io.tollgate.insight.Requests.served;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.insight.internal.ExportFiles;
import io.tollgate.insight.internal.LogKeeper;
import io.tollgate.insight.internal.spool.SpoolFolder;
import io.tollgate.insight.internal.spool.SpoolMeters;
import io.tollgate.insight.internal.store.DuckStore;
import io.tollgate.relay.gateway.LoggedRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Those that others tell of, beside those who set the log right. */
class RequestTakingTest {
  @TempDir private Path home;
  private LogKeeper keeper;

  @BeforeEach
  void open() throws Exception {
    SpoolFolder folder = SpoolFolder.open(home.resolve("spool"), 64 << 10, 1 << 20, "boot");
    keeper =
        new LogKeeper(
            () -> DuckStore.open(home.resolve("requests.duckdb"), 128, 1, 50),
            folder,
            new SpoolMeters(new SimpleMeterRegistry(), folder),
            () -> Duration.ofDays(3_650),
            Map::of,
            Clock.fixed(NOON, ZoneOffset.UTC),
            4,
            new ExportFiles(home.resolve("exports"), 1));
    keeper.start();
  }

  @AfterEach
  void close() {
    keeper.close();
  }

  @Test
  void one_that_is_told_of_with_another_time_is_the_same() {
    LoggedRequest request = served(NOON, 1, "m");
    assertThat(keeper.take(List.of(new LoggedRow(request, 1, true)))).isOne();
    for (int minutes : List.of(-9, 0, 9)) {
      LoggedRow again = new LoggedRow(at(request, NOON.plus(Duration.ofMinutes(minutes))), 1, true);
      assertThat(keeper.take(List.of(again, again))).isZero();
    }
    assertThat(rows()).containsExactly(new LoggedRow(rows().getFirst().request(), 1, true));
  }

  @Test
  void one_that_was_set_right_first_is_not_taken_and_one_that_was_taken_is_set_right_in_place() {
    LoggedRequest late = served(NOON, 1, "late");
    LoggedRequest early = served(NOON.plusSeconds(9), 1, "early");
    assertThat(setRight(List.of(at(late, NOON.plusSeconds(100))))).isOne();
    assertThat(keeper.take(List.of(new LoggedRow(late, 1), new LoggedRow(early, 1, true)))).isOne();
    assertThat(setRight(List.of(at(early, NOON.minusSeconds(100))))).isOne();
    assertThat(rows()).hasSize(2).noneMatch(LoggedRow::elsewhere);
    assertThat(rows())
        .extracting(row -> row.request().arrivedAt())
        .containsExactly(NOON.plusSeconds(100), NOON.minusSeconds(100));
  }

  @Test
  void who_takes_and_who_sets_right_at_once_keep_each_once() throws Exception {
    List<LoggedRequest> all = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      all.add(i % 4 == 0 ? refused(NOON.plusSeconds(i), 401, "X") : served(NOON, 1 + i % 3, "m"));
    }
    List<Callable<Integer>> work = new ArrayList<>();
    for (int i = 0; i < all.size(); i += 20) {
      List<LoggedRequest> part = all.subList(i, i + 20);
      work.add(() -> keeper.take(part.stream().map(each -> new LoggedRow(each, 1)).toList()));
      work.add(() -> setLacking(part));
      work.add(() -> keeper.take(part.stream().map(each -> new LoggedRow(each, 1)).toList()));
    }
    int kept = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      for (Future<Integer> each : threads.invokeAll(work)) {
        kept += each.get();
      }
    }
    assertThat(kept).isEqualTo(400);
    assertThat(rows().stream().map(row -> row.request().id())).hasSize(400).doesNotHaveDuplicates();
  }

  /** As the books do that have them at these times. */
  private int setRight(List<LoggedRequest> booked) {
    return keeper.replace(
        booked.stream().map(each -> each.id().value()).toList(),
        booked.getLast().arrivedAt(),
        booked.getFirst().arrivedAt(),
        _ -> booked.stream().map(each -> new LoggedRow(each, 1)).toList());
  }

  private int setLacking(List<LoggedRequest> booked) {
    return keeper.replace(
        booked.stream().map(each -> each.id().value()).toList(),
        NOON,
        NOON.plusSeconds(400),
        found ->
            booked.stream()
                .filter(
                    each -> found.stream().noneMatch(row -> row.request().id().equals(each.id())))
                .map(each -> new LoggedRow(each, 1))
                .toList());
  }

  private List<LoggedRow> rows() {
    return keeper.find(LogFilter.ALL, 1_000, Optional.empty());
  }

  private static LoggedRequest at(LoggedRequest request, Instant time) {
    return new LoggedRequest(
        request.id(),
        time,
        request.route(),
        request.payer(),
        request.platform(),
        request.model(),
        request.upstreamModel(),
        request.stream(),
        request.status(),
        request.errorCode(),
        request.attempts(),
        request.usage(),
        request.charge(),
        request.clientRequestId(),
        request.traceId(),
        request.latencyMs(),
        request.firstTokenMs());
  }
}

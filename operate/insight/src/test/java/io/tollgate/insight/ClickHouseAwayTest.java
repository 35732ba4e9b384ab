package io.tollgate.insight;

import static io.tollgate.insight.Requests.NOON;
import static io.tollgate.insight.Requests.served;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.data.testing.TestClickHouse;
import io.tollgate.ground.Refusal;
import io.tollgate.insight.internal.ExportFiles;
import io.tollgate.insight.internal.LogKeeper;
import io.tollgate.insight.internal.spool.SpoolFolder;
import io.tollgate.insight.internal.spool.SpoolMeters;
import io.tollgate.insight.internal.spool.SpoolWriter;
import io.tollgate.insight.internal.store.clickhouse.ClickHouseStore;
import io.tollgate.relay.gateway.LoggedRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server of ClickHouse that is away, is killed and whose disk is full: nothing is lost. */
@Tag("slow")
class ClickHouseAwayTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path home;
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Set<UUID> sent = new HashSet<>();

  @Test
  void away_killed_and_full_it_has_every_request_once() throws Exception {
    Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);
    SpoolFolder folder = SpoolFolder.open(home.resolve("spool"), 64 << 10, 64L << 20, "boot");
    SpoolMeters counts = new SpoolMeters(meters, folder);
    try (TestClickHouse server =
            ClickHouses.had(TestClickHouse.server(), "clickhouse-server (Debian's package)");
        LogKeeper keeper =
            new LogKeeper(
                () -> ClickHouseStore.open(ClickHouses.address(server), "test", clock),
                folder,
                counts,
                () -> Duration.ofDays(30),
                Map::of,
                clock,
                4,
                new ExportFiles(home.resolve("exports"), 1))) {
      SpoolWriter writer = new SpoolWriter(folder, 100, counts);
      keeper.start();

      // it is not there when the first requests come
      send(writer, 500);
      await().atMost(LONG).until(() -> lag() > 0);
      server.startAgain();
      awaitAll(keeper);
      await().atMost(LONG).until(() -> lag() == 0);

      // it is killed while requests come
      for (int round = 0; round < 3; round++) {
        send(writer, 1_000);
        server.kill();
        send(writer, 1_000);
        server.startAgain();
        send(writer, 1_000);
      }
      awaitAll(keeper);

      // its disk is full
      server.kill();
      server.startAgainWithFilesOf(1);
      send(writer, 3_000);
      await().atMost(LONG).until(() -> lag() > 0);
      server.kill();
      server.startAgain();
      awaitAll(keeper);
      assertThat(meters.counter("tollgate.request.log.lost").count()).isZero();
    }
  }

  private void send(SpoolWriter writer, int requests) {
    for (int i = 0; i < requests; i++) {
      LoggedRequest request = served(NOON.plusMillis(sent.size()), 1 + i % 5, "gpt-4o");
      sent.add(request.id().value());
      writer.ended(request);
    }
  }

  private double lag() {
    return meters.get("tollgate.request.log.lag.seconds").gauge().value();
  }

  /** All that was sent is there, once. */
  private void awaitAll(LogKeeper keeper) {
    await()
        .atMost(LONG)
        .ignoreException(Refusal.class)
        .until(() -> keeper.count(LogFilter.ALL) == sent.size());
    Set<UUID> found = new HashSet<>();
    Optional<LogPosition> after = Optional.empty();
    List<LoggedRow> page;
    do {
      page = keeper.find(LogFilter.ALL, 5_000, after);
      page.forEach(row -> found.add(row.request().id().value()));
      after = page.isEmpty() ? after : Optional.of(page.getLast().position());
    } while (!page.isEmpty());
    assertThat(found).isEqualTo(sent);
  }
}

package io.tollgate.tests.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.data.testing.TestClickHouse;
import io.tollgate.data.testing.TestRedis;
import io.tollgate.tests.cluster.Cluster;
import io.tollgate.tests.cluster.FreePorts;
import io.tollgate.tests.cluster.Service;
import io.tollgate.tests.installation.Program;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Redis, ClickHouse and PostgreSQL are killed while requests are relayed, one after the other and
 * two at once, and started again. Writes what was seen as a table, {@code
 * tests/target/relay-drill.md}.
 */
@Tag("slow")
@Tag("cluster")
class RelayDrillTest {
  private static final Duration AWAY = Duration.ofSeconds(8);
  private static final Duration BACK = Duration.ofSeconds(90);

  private final List<String> rows = new ArrayList<>();

  private interface Step {
    void run() throws Exception;
  }

  /** What of a drill is killed: what a metric says of it while it is away, and otherwise. */
  private record Killed(String name, Step kill, Step start, String metric, boolean isLag) {
    boolean isSeen(double value) {
      return isLag ? value >= 1 : value == 0;
    }

    boolean isOver(double value) {
      return isLag ? value < 1 : value == 1;
    }
  }

  @Test
  void every_request_is_charged_and_logged_once_whatever_was_away() throws Exception {
    Optional<TestClickHouse> installed = TestClickHouse.server();
    assumeThat(installed).as("clickhouse-server (Debian's package)").isPresent();
    try (TestRedis redis = TestRedis.start();
        TestClickHouse house = installed.orElseThrow();
        Cluster cluster = Cluster.start()) {
      house.startAgain();
      int observed = FreePorts.next();
      ServiceMetrics metrics =
          new ServiceMetrics(URI.create("http://127.0.0.1:" + observed + "/metrics"));
      Service gateway =
          cluster.gateway(
              "drilled",
              "--private-port=" + observed,
              "--redis-url=" + redis.url(),
              "--insight-store=clickhouse",
              "--clickhouse-url=" + house.url());
      gateway.start();
      Killed cache =
          new Killed("Redis", redis::kill, redis::startAgain, "tollgate_redis_connected", false);
      Killed log =
          new Killed(
              "ClickHouse",
              house::kill,
              house::startAgain,
              "tollgate_request_log_lag_seconds",
              true);
      Killed books =
          new Killed(
              "PostgreSQL",
              () -> cluster.postgres().stop(),
              () -> cluster.postgres().startAgain(),
              "tollgate_settlement_lag_seconds",
              true);
      try (RelayLoad load = new RelayLoad(gateway, cluster.demo().user(0).apiKey())) {
        await("requests").until(() -> load.served() > 20);
        for (List<Killed> each :
            List.of(
                List.of(cache),
                List.of(log),
                List.of(books),
                List.of(cache, log),
                List.of(log, books))) {
          drill(each, metrics, load);
        }
        load.close();
        long served = load.served();
        await("the log has them")
            .atMost(BACK)
            .until(
                () -> house.ask("SELECT count() FROM tollgate_request WHERE status = 200"),
                String.valueOf(served)::equals);
        assertThat(
                house.ask(
                    "SELECT uniqExact((id_high, id_low)) FROM tollgate_request WHERE status = 200"))
            .as("each once")
            .isEqualTo(String.valueOf(served));
        await("the books have them")
            .atMost(BACK)
            .until(() -> metrics.most("tollgate_settlement_unsettled_records") == 0);
        int _ = gateway.stop();
        assertThat(charges(cluster)).isEqualTo(served);
        write(served, load.refused());
      }
      assertThat(cluster.findings()).isEmpty();
    }
  }

  /** Requests in the books that were answered well. */
  private static long charges(Cluster cluster) throws SQLException {
    try (Connection connection = cluster.postgres().connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM metering.usage_record WHERE http_status = 200")) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }

  private void drill(List<Killed> killed, ServiceMetrics metrics, RelayLoad load) throws Exception {
    int before = load.served();
    var _ = load.longest();
    long begun = System.nanoTime();
    for (Killed each : killed) {
      each.kill().run();
    }
    List<Killed> seen = new ArrayList<>();
    while (System.nanoTime() - begun < AWAY.toNanos()) {
      for (Killed each : killed) {
        if (!seen.contains(each) && each.isSeen(metrics.most(each.metric()))) {
          seen.add(each);
        }
      }
      Thread.onSpinWait();
    }
    int meanwhile = load.served() - before;
    for (Killed each : killed) {
      each.start().run();
    }
    double away = (System.nanoTime() - begun) / 1e9;
    await("all is as before")
        .atMost(BACK)
        .until(
            () ->
                killed.stream().allMatch(each -> each.isOver(metrics.most(each.metric())))
                    && load.served() > before + meanwhile);
    String names = String.join(" and ", killed.stream().map(Killed::name).toList());
    rows.add(
        String.format(
            Locale.ROOT,
            "| %s | %.1f | %d | %.1f | yes | 0 |",
            names,
            away,
            meanwhile,
            load.longest().toMillis() / 1e3));
    assertThat(meanwhile).as("served while %s was away", names).isPositive();
    assertThat(seen).as("seen in the metrics while %s was away", names).isEqualTo(killed);
  }

  private void write(long served, long refused) throws Exception {
    String page =
        """
        | killed | away, s | served meanwhile | longest request, s | seen, and over again | lost |
        |---|---:|---:|---:|---|---:|
        %s

        %d requests were served, each charged once and logged once; %d were refused; the books were clean.
        """
            .formatted(String.join("\n", rows), served, refused);
    Path file = Program.projectRoot().resolve("tests/target/relay-drill.md");
    Files.createDirectories(file.getParent());
    Files.writeString(file, page);
    System.out.println(page);
  }
}

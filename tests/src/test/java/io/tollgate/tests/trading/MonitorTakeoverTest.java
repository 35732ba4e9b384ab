package io.tollgate.tests.trading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.cluster.Cluster;
import io.tollgate.tests.cluster.Service;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two processes that look at bars; one is killed, again and again. */
@Tag("slow")
@Tag("cluster")
class MonitorTakeoverTest {
  private static final int KILLS = 4;

  /** A bar of a minute in so many seconds. */
  private static final int SPEED = 20;

  private static final Duration TAKEN_OVER = Duration.ofSeconds(10);

  private static final String LOOKED_AT =
      " FROM trading.signal_scan JOIN trading.strategy ON id = strategy_id AND active";

  private static final String CHECKS = "SELECT total_checks FROM trading.signal_watch";

  private Cluster cluster;

  @BeforeEach
  void start() {
    cluster = Cluster.start();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void another_goes_on_within_ten_seconds_of_a_kill_and_misses_and_repeats_nothing()
      throws Exception {
    change(
        "UPDATE trading.strategy SET active = code = 'ma_cross_btc', symbol = 'BTC/USDT', symbols ="
            + " '{}', timeframe = '1m', cooldown_minutes = 0, config ="
            + " '{\"fast_ma\": 2, \"slow_ma\": 3}'");
    steer();
    List<Service> monitors =
        List.of(cluster.signalMonitor("monitor-1"), cluster.signalMonitor("monitor-2"));
    monitors.forEach(Service::launch);
    monitors.forEach(Service::awaitReady);
    long begun = number(CHECKS);
    await().atMost(Duration.ofMinutes(2)).until(() -> number(CHECKS) > begun + 2);
    List<Long> taken = new ArrayList<>();
    for (int kill = 0; kill < KILLS; kill++) {
      Service victim = monitors.get(kill % 2);
      victim.killHard();
      long killed = System.nanoTime();
      long before = number(CHECKS);
      await("kill " + kill).atMost(TAKEN_OVER).until(() -> number(CHECKS) > before);
      taken.add(Duration.ofNanos(System.nanoTime() - killed).toMillis());
      victim.start();
    }
    monitors.forEach(
        monitor -> {
          int unused = monitor.stop();
        });
    System.out.println("kills: " + KILLS + ", taken over after ms: " + taken);

    assertThat(number("SELECT gaps + revisions" + LOOKED_AT)).isZero();
    assertThat(
            number(
                "SELECT extract(epoch FROM last_bar_at - first_bar_at)::bigint / 60 + 1 - bars"
                    + LOOKED_AT))
        .as("bars that were not seen once")
        .isZero();
    assertThat(number("SELECT count(*) FROM trading.signal")).isPositive();
    assertThat(
            number(
                "SELECT count(*) FROM (SELECT FROM trading.signal GROUP BY strategy_id, symbol,"
                    + " bar_closed_at HAVING count(*) > 1) doubled"))
        .as("bars that were spoken of twice")
        .isZero();
    assertThat(number("SELECT total_signals FROM trading.signal_watch"))
        .isEqualTo(number("SELECT count(*) FROM trading.signal"));
  }

  private void steer() throws Exception {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(cluster.sandbox().url().resolve("/sandbox/exchange/clock"))
                    .timeout(Duration.ofSeconds(30))
                    .POST(BodyPublishers.ofString("{\"speed\":" + SPEED + "}"))
                    .build(),
                BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private void change(String update) throws SQLException {
    try (Connection connection = cluster.postgres().connect();
        Statement statement = connection.createStatement()) {
      int _ = statement.executeUpdate(update);
    }
  }

  private long number(String query) throws SQLException {
    try (Connection connection = cluster.postgres().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.next()).as(query).isTrue();
      return rows.getLong(1);
    }
  }
}

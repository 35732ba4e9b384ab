package io.tollgate.tests.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.cluster.Cluster;
import io.tollgate.tests.cluster.FreePorts;
import io.tollgate.tests.cluster.Service;
import io.tollgate.tests.installation.Program;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * NATS and PostgreSQL are killed under load, one after the other and both at once, and started
 * again. Writes what was seen as a table, {@code tests/target/drill.md}.
 */
@Tag("slow")
@Tag("cluster")
class DrillTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String USER = "drilled";

  /** Longer than the alarm's bound. */
  private static final Duration AWAY = Duration.ofSeconds(6);

  private final List<String> rows = new ArrayList<>();

  private interface Step {
    void run() throws Exception;
  }

  @Test
  void nothing_is_lost_the_lag_is_seen_and_the_alarm_comes_and_goes() throws Exception {
    try (Broker broker = new Broker();
        Cluster cluster = Cluster.start()) {
      Service billing =
          cluster.billing(
              "billing-bus",
              "--port=" + FreePorts.next(),
              "--nats-url=" + broker.url(),
              "--events-alarm-seconds=2");
      billing.start();
      give(cluster);
      try (ChargingLoad load = new ChargingLoad(billing, cluster.demo().serviceToken(), USER)) {
        await("charges").until(() -> load.charged() > 50);
        drill("NATS", billing, load, broker::kill, broker::startAgain);
        drill(
            "PostgreSQL",
            billing,
            load,
            () -> cluster.postgres().stop(),
            () -> cluster.postgres().startAgain());
        drill(
            "NATS and PostgreSQL",
            billing,
            load,
            () -> {
              broker.kill();
              cluster.postgres().stop();
            },
            () -> {
              cluster.postgres().startAgain();
              broker.startAgain();
            });
        load.close();
        List<JsonNode> events = delivered(broker, load.charged());
        assertThat(events.stream().map(event -> event.required("version").longValue()))
            .as("in their order, each once")
            .isSorted()
            .doesNotHaveDuplicates();
        long changes =
            events.stream()
                .filter(event -> event.required("type").asString().equals("quota.updated"))
                .filter(event -> !event.path("quota_used").isMissingNode())
                .mapToLong(event -> event.required("quota_used").longValue())
                .max()
                .orElse(0);
        assertThat(changes).as("charges told, of those answered").isEqualTo(load.charged());
        assertThat(
                events.stream()
                    .filter(event -> event.required("type").asString().equals("quota.updated"))
                    .map(event -> event.required("quota_used").longValue())
                    .toList())
            .containsAll(LongStream.rangeClosed(1, load.charged()).boxed().toList());
        write(load.charged(), events.size());
      }
      assertThat(cluster.findings()).isEmpty();
    }
  }

  private void drill(String what, Service billing, ChargingLoad load, Step kill, Step start)
      throws Exception {
    int before = load.charged();
    var _ = load.longest();
    long begun = System.nanoTime();
    kill.run();
    double lag = 0;
    boolean alarm = false;
    while (System.nanoTime() - begun < AWAY.toNanos()) {
      lag = Math.max(lag, ServiceMetrics.of(billing).most("tollgate_outbox_lag_seconds"));
      alarm |= ServiceMetrics.of(billing).most("tollgate_outbox_alarm") == 1;
      Thread.onSpinWait();
    }
    start.run();
    double away = (System.nanoTime() - begun) / 1e9;
    boolean[] raised = {alarm};
    double[] most = {lag};
    await("the alarm is over")
        .atMost(Duration.ofSeconds(90))
        .until(
            () -> {
              double now = ServiceMetrics.of(billing).most("tollgate_outbox_lag_seconds");
              most[0] = Math.max(most[0], now);
              raised[0] |= ServiceMetrics.of(billing).most("tollgate_outbox_alarm") == 1;
              return load.charged() > before + 20
                  && ServiceMetrics.of(billing).most("tollgate_nats_connected") == 1
                  && ServiceMetrics.of(billing).most("tollgate_outbox_alarm") == 0
                  && now < 1;
            });
    rows.add(
        String.format(
            Locale.ROOT,
            "| %s | %.1f | %d | %.1f | %.1f | %s | yes | 0 |",
            what,
            away,
            load.charged() - before,
            load.longest().toMillis() / 1e3,
            most[0],
            raised[0] ? "yes" : "no"));
    if (what.contains("NATS")) {
      assertThat(raised[0]).as("alarm while %s was away", what).isTrue();
    }
  }

  private static List<JsonNode> delivered(Broker broker, int charges) {
    return await("all events are on the bus")
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> broker.events(USER),
            events ->
                events.stream()
                    .anyMatch(event -> event.path("quota_used").longValue(0) == charges));
  }

  private void write(int charges, int events) throws IOException {
    String page =
        """
        | killed | away, s | charges meanwhile | longest charge, s | largest lag, s | alarm raised | cleared | lost |
        |---|---:|---:|---:|---:|---|---|---:|
        %s

        %d charges were answered, %d events reached NATS, each once and in order; the books were clean.
        """
            .formatted(String.join("\n", rows), charges, events);
    Path file = Program.projectRoot().resolve("tests/target/drill.md");
    Files.createDirectories(file.getParent());
    Files.writeString(file, page);
    System.out.println(page);
  }

  private static void give(Cluster cluster) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(cluster.office().url().resolve("/internal/v1/billing/grants"))
            .header("X-Service-Token", cluster.demo().serviceToken())
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    """
                    {"user_id":"%s","asset":"CALL:payment","amount":"1000000","idempotency_key":"drill"}"""
                        .formatted(USER)))
            .build();
    assertThat(HTTP.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }
}

package io.tollgate.tests.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.api.ConsumerInfo;
import io.tollgate.insight.LogFilter;
import io.tollgate.insight.LoggedRow;
import io.tollgate.insight.StandaloneLog;
import io.tollgate.tests.cluster.Cluster;
import io.tollgate.tests.cluster.FreePorts;
import io.tollgate.tests.cluster.Service;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A gateway that sends its log of requests and the one that keeps it are killed as hard as can be,
 * and so is NATS between them.
 */
@Tag("slow")
@Tag("cluster")
class LogOverNatsTest {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final int REQUESTS = 40;

  @Test
  void every_request_of_a_gateway_is_once_in_the_log_of_another_whoever_was_killed()
      throws Exception {
    try (Broker broker = new Broker();
        Cluster cluster = Cluster.start()) {
      int observed = FreePorts.next();
      ServiceMetrics sent =
          new ServiceMetrics(URI.create("http://127.0.0.1:" + observed + "/metrics"));
      Service keeper = cluster.gateway("keeper", "--nats-url=" + broker.url());
      Service sender =
          cluster.gateway(
              "sender",
              "--private-port=" + observed,
              "--insight-store=nats",
              "--nats-url=" + broker.url());
      keeper.launch();
      sender.launch();
      keeper.awaitReady();
      sender.awaitReady();
      String key = cluster.demo().user(0).apiKey();

      int served = serve(sender, key);
      await("sent").atMost(SOON).until(() -> sent.most("tollgate_nats_log_total") >= REQUESTS);

      broker.kill();
      served += serve(sender, key);
      await("seen").atMost(SOON).until(() -> sent.most("tollgate_request_log_lag_seconds") > 0);
      sender.killHard();
      broker.startAgain();
      sender.start();
      keeper.killHard();
      served += serve(sender, key);
      keeper.start();
      int all = served;
      await("taken")
          .atMost(SOON)
          .until(() -> taken(broker, all) && sent.most("tollgate_request_log_lag_seconds") == 0);
      int _ = keeper.stop();
      try (StandaloneLog log =
          StandaloneLog.open(
              cluster.dataDirectory(keeper).resolve("request-log"),
              64,
              1,
              new SimpleMeterRegistry())) {
        List<LoggedRow> rows = log.requests().find(LogFilter.ALL, 10_000, Optional.empty());
        assertThat(rows).hasSize(served);
        assertThat(rows.stream().map(row -> row.request().id())).doesNotHaveDuplicates();
        assertThat(rows)
            .allMatch(row -> row.request().charge().isPresent() && row.request().status() == 200);
      }
      int _ = sender.stop();
      assertThat(cluster.findings()).isEmpty();
    }
  }

  private static int serve(Service gateway, String key) {
    try (RelayLoad load = new RelayLoad(gateway, key)) {
      await("requests").atMost(SOON).until(() -> load.served() >= REQUESTS);
      load.close();
      assertThat(load.refused()).isZero();
      return load.served();
    }
  }

  /** Whether the log has acknowledged so many messages, and all that there are. */
  private static boolean taken(Broker broker, int least) throws Exception {
    try (Connection connection = Nats.connect(broker.url())) {
      ConsumerInfo consumer =
          connection.jetStreamManagement().getConsumerInfo("LOG_EVENTS", "tollgate-log-write");
      return consumer.getAckFloor().getStreamSequence() >= least
          && consumer.getNumPending() == 0
          && consumer.getNumAckPending() == 0;
    }
  }
}

package io.tollgate.tests.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.cluster.Cluster;
import io.tollgate.tests.cluster.Service;
import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two sync processes over one database are one to their clients. */
@Tag("slow")
@Tag("cluster")
class SyncNodesTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final int REVOKED = 4403;

  @Test
  void devices_events_and_the_end_of_a_token_are_the_same_on_every_node() throws Exception {
    try (Cluster cluster = Cluster.start()) {
      Service other = cluster.sync("sync-two");
      Service doomed = cluster.sync("sync-three");
      other.launch();
      doomed.launch();
      other.awaitReady();
      doomed.awaitReady();
      Demo.User user = cluster.demo().user(0);
      String service = cluster.demo().serviceToken();
      String key = user.apiKey();

      List<Device> devices = new ArrayList<>();
      for (Service node : List.of(cluster.office(), other, doomed)) {
        devices.add(Device.open(node, "of-" + node.folder().getFileName(), key));
      }
      for (Service node : List.of(cluster.office(), other, doomed)) {
        await()
            .atMost(Duration.ofSeconds(5))
            .untilAsserted(
                () ->
                    assertThat(names(node, user, service))
                        .containsExactlyInAnyOrder("of-office", "of-sync-two", "of-sync-three"));
      }
      deduct(cluster, user);
      await().atMost(Duration.ofSeconds(5)).until(() -> devices.stream().allMatch(Device::heard));

      doomed.killHard();
      for (Service node : List.of(cluster.office(), other)) {
        await()
            .atMost(Duration.ofSeconds(20))
            .untilAsserted(
                () ->
                    assertThat(names(node, user, service))
                        .containsExactlyInAnyOrder("of-office", "of-sync-two"));
      }

      long revoked = System.nanoTime();
      switchOff(cluster, user);
      await()
          .atMost(Duration.ofSeconds(8))
          .until(() -> devices.stream().limit(2).allMatch(device -> device.code == REVOKED));
      assertThat(Duration.ofNanos(System.nanoTime() - revoked)).isLessThan(Duration.ofSeconds(5));
      await().until(() -> names(other, user, service).isEmpty());
      assertThat(cluster.findings()).isEmpty();
    }
  }

  /** As whoever switches a key off does in the end; nodes hear of it from the database. */
  private static void switchOff(Cluster cluster, Demo.User user) throws Exception {
    try (Connection connection = cluster.postgres().connect();
        PreparedStatement statement =
            connection.prepareStatement(
                """
                UPDATE identity.api_key k SET active = false
                  FROM identity.tenant_user u WHERE u.id = k.user_id AND u.external_id = ?
                """)) {
      statement.setString(1, user.userId());
      assertThat(statement.executeUpdate()).isPositive();
    }
  }

  private static void deduct(Cluster cluster, Demo.User user) throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(cluster.office().url().resolve("/internal/v1/billing/deduct"))
                .header("X-Service-Token", cluster.demo().serviceToken())
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"user_id":"%s","service_name":"payment","count":1,"request_id":"n1"}"""
                            .formatted(user.userId())))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static List<String> names(Service node, Demo.User user, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                node.url().resolve("/api/v1/billing/sync/" + user.userId() + "/devices"))
            .header("Authorization", "Bearer " + token)
            .build();
    List<String> names = new ArrayList<>();
    Client.json(HTTP.send(request, BodyHandlers.ofString()))
        .required("devices")
        .forEach(device -> names.add(device.required("device_id").asString()));
    return names;
  }

  /** A device that only listens. */
  private static final class Device implements WebSocket.Listener {
    private volatile boolean heard;
    private volatile int code;

    static Device open(Service node, String name, String key) throws Exception {
      Device device = new Device();
      URI url =
          URI.create(
              node.url().resolve("/ws/sync?device_id=" + name).toString().replace("http:", "ws:"));
      var _ =
          HTTP.newWebSocketBuilder()
              .header("Authorization", "Bearer " + key)
              .buildAsync(url, device)
              .get(10, TimeUnit.SECONDS);
      return device;
    }

    boolean heard() {
      return heard;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      heard = true;
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      code = status;
      return CompletableFuture.completedFuture(null);
    }
  }
}

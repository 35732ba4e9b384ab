package io.tollgate.tests.merchant;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.tests.cluster.Cluster;
import io.tollgate.tests.cluster.Service;
import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two processes with the role {@code merchant}, each on a port of its own, over one database. */
@Tag("slow")
@Tag("cluster")
class TwoMerchantNodesTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void exactly_the_plans_calls_pass_a_nonce_passes_once_and_every_answer_is_in_the_envelope()
      throws Exception {
    try (Cluster cluster = Cluster.start()) {
      Service one = cluster.merchant("merchant-one");
      Service two = cluster.merchant("merchant-two");
      one.launch();
      two.launch();
      one.awaitReady();
      two.awaitReady();
      Demo.Merchant merchant = cluster.demo().merchant();
      JsonNode health = Client.JSON.readTree(send(one, "/health").body());
      assertThat(health.required("status").asString()).isEqualTo("ok");
      assertThat(health.required("service").asString()).isEqualTo("merchant");
      HttpResponse<String> unknown = send(two, "/nothing/at/all");
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(Client.JSON.readTree(unknown.body()).propertyNames())
          .containsExactly("code", "msg", "data");
      // the same signed request at both: one of them takes it
      String[] signed = MerchantSignature.of(merchant, "GET", "/merchant/balance", "");
      List<Integer> statuses =
          atOnce(
              List.of(
                  () -> send(one, "/merchant/balance", signed).statusCode(),
                  () -> send(two, "/merchant/balance", signed).statusCode()));
      assertThat(statuses).containsExactlyInAnyOrder(200, 401);
      limitToday(cluster, 31);
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        Service node = i % 2 == 0 ? one : two;
        calls.add(
            () ->
                send(
                        node,
                        "/merchant/balance",
                        MerchantSignature.of(merchant, "GET", "/merchant/balance", ""))
                    .statusCode());
      }
      List<Integer> answered = atOnce(calls);
      // one was counted before
      assertThat(answered.stream().filter(status -> status == 200)).hasSize(30);
      assertThat(answered.stream().filter(status -> status == 429)).hasSize(30);
    }
  }

  private static void limitToday(Cluster cluster, int calls) throws SQLException {
    try (Connection connection = cluster.postgres().connect();
        Statement statement = connection.createStatement()) {
      int _ =
          statement.executeUpdate(
              "UPDATE identity.quota_plan SET api_calls_daily = "
                  + calls
                  + " WHERE code = 'enterprise'");
    }
  }

  private static HttpResponse<String> send(Service node, String path, String... headers)
      throws Exception {
    URI url = node.url().resolve(path);
    HttpRequest.Builder request = HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(30));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  private static <T> List<T> atOnce(List<Callable<T>> calls) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
    }
  }
}

package io.tollgate.tests.recharge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.tests.cluster.Cluster;
import io.tollgate.tests.cluster.FreePorts;
import io.tollgate.tests.cluster.Service;
import io.tollgate.tests.installation.Client;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two billing processes over one database are told of the same payments at once. */
@Tag("slow")
@Tag("cluster")
class TwoNodesTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  void a_hundred_callbacks_over_two_nodes_credit_once_and_a_payment_twice_is_kept_apart()
      throws Exception {
    try (Cluster cluster = Cluster.start()) {
      int port = FreePorts.next();
      String[] channel = {
        "--port=" + port,
        "--public-url=http://127.0.0.1:" + port,
        "--payments-sandbox-url=" + cluster.demo().sandboxUrl()
      };
      Service first = cluster.billing("billing-one", channel);
      Service second = cluster.billing("billing-two", "--port=" + FreePorts.next());
      first.launch(Map.of("TOLLGATE_PAYMENTS_SANDBOX_SECRET", "sandbox-demo-secret"));
      second.launch();
      first.awaitReady();
      second.awaitReady();
      String token = cluster.demo().serviceToken();
      URI orders = URI.create("http://127.0.0.1:" + port + "/api/v1/billing/recharge");
      JsonNode order =
          Client.JSON.readTree(
              post(
                      orders,
                      """
                      {"user_id":"both","amount":"7.25","payment_method":"sandbox"}""",
                      "Authorization",
                      "Bearer " + token)
                  .body());
      String id = order.required("order_id").asString();
      List<Callable<HttpResponse<String>>> calls = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        Service node = i % 2 == 0 ? first : second;
        calls.add(
            () ->
                post(
                    node.url().resolve("/internal/v1/billing/callback"),
                    Cashier.callbackBody(id, "one", "7.25", "SUCCESS"),
                    "X-Service-Token",
                    token));
      }
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        assertThat(executor.invokeAll(calls).stream().map(Future::resultNow))
            .allMatch(answer -> answer.statusCode() == 200)
            .allMatch(answer -> answer.body().equals("{\"success\":true}"));
      }
      assertThat(balance(cluster, "both")).isEqualTo("7.25");
      // the channel tells of a payment of its own for the same order: kept apart
      HttpResponse<String> pressed =
          post(
              URI.create(order.required("payment_url").asString() + "/pay"),
              "",
              "Content-Language",
              "en");
      assertThat(pressed.statusCode()).isEqualTo(200);
      await("case")
          .atMost(Duration.ofSeconds(30))
          .until(() -> cluster.audit().output().contains("of kind second_payment"));
      assertThat(balance(cluster, "both")).isEqualTo("7.25");
      assertThat(cluster.findings()).isEmpty();
    }
  }

  private static String balance(Cluster cluster, String user) throws Exception {
    // the office's sync interface is on its private port too
    HttpRequest request =
        HttpRequest.newBuilder(cluster.office().url().resolve("/api/v1/billing/sync/" + user))
            .header("Authorization", "Bearer " + cluster.demo().serviceToken())
            .build();
    HttpResponse<String> answer = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    return Client.JSON.readTree(answer.body()).required("balance").decimalValue().toPlainString();
  }

  private static HttpResponse<String> post(URI url, String body, String name, String value)
      throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(url)
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .header(name, value)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}

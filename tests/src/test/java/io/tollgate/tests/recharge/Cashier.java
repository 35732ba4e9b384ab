package io.tollgate.tests.recharge;

import static org.awaitility.Awaitility.await;

import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Demo;
import io.tollgate.tests.installation.Installation;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Recharges at an installation as users, backends and payers do. Safe for use by many threads. */
final class Cashier {
  private final Installation installation;
  private final Client client;

  Cashier(Installation installation) {
    this.installation = installation;
    this.client = new Client(installation);
  }

  Client client() {
    return client;
  }

  Demo demo() {
    return installation.demo();
  }

  /** Asks for a recharge with the service token. */
  HttpResponse<String> ask(String body, String... headers) {
    return post(client.url("/api/v1/billing/recharge"), body, with(headers, bearer()));
  }

  /** An order of a user that was never seen before, with the page where it is paid. */
  Order order(String user, String amount, String method) {
    JsonNode made =
        Client.json(
            ask(
                Client.JSON.writeValueAsString(
                    Map.of("user_id", user, "amount", amount, "payment_method", method))));
    return new Order(
        user,
        made.required("order_id").asString(),
        URI.create(made.required("payment_url").asString()));
  }

  /** An order that was made. */
  record Order(String user, String id, URI page) {}

  JsonNode show(String orderId) {
    return Client.json(client.get(client.url("/api/v1/billing/recharge/" + orderId), bearer()));
  }

  String status(String orderId) {
    return show(orderId).required("status").asString();
  }

  void awaitStatus(Order order, String status) {
    await(order.id() + " " + status)
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> status(order.id()).equals(status));
  }

  /** Presses a button of the order's page. */
  HttpResponse<String> press(Order order, String button) {
    return post(URI.create(order.page() + "/" + button), "");
  }

  /** What the tenant's payment service tells. */
  HttpResponse<String> callback(String orderId, String payment, String amount, String status) {
    return callbackAt(
        installation.demo().privateUrl(), callbackBody(orderId, payment, amount, status));
  }

  HttpResponse<String> callbackAt(URI privateUrl, String body) {
    return post(
        privateUrl.resolve("/internal/v1/billing/callback"),
        body,
        "X-Service-Token",
        installation.demo().serviceToken());
  }

  static String callbackBody(String orderId, String payment, String amount, String status) {
    return Client.JSON.writeValueAsString(
        Map.of(
            "order_id", orderId, "payment_order_id", payment, "amount", amount, "status", status));
  }

  /** Tells the sandbox's channels how to behave. */
  void control(String body) {
    JsonNode _ = Client.json(post(demo().sandboxUrl().resolve("/pay/control"), body));
  }

  String[] bearer() {
    return new String[] {"Authorization", "Bearer " + installation.demo().serviceToken()};
  }

  HttpResponse<String> post(URI url, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build());
  }

  private static String[] with(String[] some, String... more) {
    String[] all = java.util.Arrays.copyOf(some, some.length + more.length);
    System.arraycopy(more, 0, all, some.length, more.length);
    return all;
  }
}

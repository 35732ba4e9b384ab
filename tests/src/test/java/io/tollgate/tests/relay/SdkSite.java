package io.tollgate.tests.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.data.Database;
import io.tollgate.tests.installation.Client;
import io.tollgate.tests.installation.Installation;
import io.tollgate.tests.upstream.ScriptedAccounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An installation for the checks of SDKs, with a model of each of the four upstream protocols; what
 * they need to know of it stands in a file, as in the demo's.
 */
final class SdkSite implements AutoCloseable {
  /** A model of OpenAI's chat, of its Responses, of Anthropic's and of Google's protocol. */
  static final List<String> MODELS =
      List.of("gpt-4o-mini", "gpt-4.1-mini", "claude-sonnet-4-5", "gemini-2.5-flash");

  /** The same, of models that think when they are asked to. */
  static final List<String> THINKING_MODELS =
      List.of("gpt-5-nano", "gpt-5-mini", "claude-sonnet-4-5", "gemini-2.5-flash");

  static final List<String> EMBEDDING_MODELS =
      List.of("text-embedding-3-small", "gemini-embedding-001");

  /** Models whose account speaks Responses only. */
  private static final List<String> RESPONSES_MODELS = List.of("gpt-4.1-mini", "gpt-5-mini");

  private final Installation installation;
  private final Client client;
  private final String admin;
  private final Path file;

  private SdkSite(Installation installation) {
    this.installation = installation;
    client = new Client(installation);
    admin = client.adminToken();
    addResponsesAccount();
    file = installation.dataDirectory().resolve("sdk-site.json");
    describe();
  }

  static SdkSite start() {
    return new SdkSite(Installation.start("--relay-accounts-reload-ms=100"));
  }

  /** What checks are told of it. */
  Path file() {
    return file;
  }

  Installation installation() {
    return installation;
  }

  /** Takes an account of the demo out, and waits until nothing is sent to it. */
  void disableAccount(String name) {
    JsonNode found =
        Client.json(
                client.get(
                    client.url("/api/provider-accounts?name=" + name),
                    "Authorization",
                    "Bearer " + admin))
            .required("data")
            .valueStream()
            .filter(row -> row.required("name").asString().equals(name))
            .findFirst()
            .orElseThrow();
    var answer =
        client.send(
            HttpRequest.newBuilder(
                    client.url(
                        "/api/provider-accounts/" + found.required("id").asString() + "/toggle"))
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString("{\"enabled\":false}"))
                .build());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    String asked = Client.chat("gpt-4o-mini", 5, false, "Is anybody there?");
    await("the program knows that it is off")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> client.postChat(installation.demo().user(0).apiKey(), asked).statusCode() == 503);
  }

  @Override
  public void close() {
    installation.close();
  }

  private void addResponsesAccount() {
    JsonNode unused =
        post(
            "/api/provider-accounts",
            Map.of(
                "provider",
                "sandbox",
                "name",
                "responses-only",
                "protocols",
                List.of("responses"),
                "base_url",
                installation.demo().sandboxUrl() + "/v1",
                "keys",
                List.of("sandbox-key-of-responses"),
                "models",
                RESPONSES_MODELS,
                "priority",
                0));
    // callers may steer what an operator cannot make: accounts of the sandbox provider
    try (Database database = ScriptedAccounts.attach(installation.dataDirectory());
        Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE relay.provider_account SET is_sandbox = true WHERE name = 'responses-only'");
      connection.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    String steered = Client.chat(RESPONSES_MODELS.getFirst(), 5, false, "Do you obey?");
    await("the program knows the account")
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () ->
                client
                        .postChat(
                            installation.demo().user(1).apiKey(),
                            steered,
                            "X-Sandbox",
                            "status=400")
                        .statusCode()
                    == 400);
  }

  private void describe() {
    JsonNode made =
        post(
            "/api/api-keys",
            Map.of("tenant_id", 1, "user_id", 1002, "name", "one at a time", "concurrent_max", 1));
    try {
      Path demo = installation.dataDirectory().resolve("demo.json");
      ObjectNode site = (ObjectNode) Client.JSON.readTree(Files.readAllBytes(demo));
      site.putPOJO("models", MODELS);
      site.putPOJO("thinking_models", THINKING_MODELS);
      site.putPOJO("embedding_models", EMBEDDING_MODELS);
      site.put("one_at_a_time_key", made.required("data").required("secret").asString());
      Files.write(file, Client.JSON.writeValueAsBytes(site));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private JsonNode post(String path, Map<String, ?> body) {
    return Client.json(
        client.send(
            HttpRequest.newBuilder(client.url(path))
                .header("Authorization", "Bearer " + admin)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Client.JSON.writeValueAsString(body)))
                .build()));
  }
}

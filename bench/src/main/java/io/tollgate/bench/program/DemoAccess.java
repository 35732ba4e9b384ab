package io.tollgate.bench.program;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the program tells of its demo while it runs: where it is, a user with a key, and a token to
 * give them money.
 *
 * @param grpc host and port
 * @param user the paying user, by the tenant's name for them
 * @param key that user's
 */
public record DemoAccess(
    String publicUrl,
    String privateUrl,
    String grpc,
    String serviceToken,
    String user,
    String key) {
  public static DemoAccess read(Path file) throws IOException {
    JsonNode demo = JsonMapper.shared().readTree(Files.readString(file));
    JsonNode user = demo.path("users").path(1);
    return new DemoAccess(
        demo.path("public_url").asString(),
        demo.path("private_url").asString(),
        demo.path("grpc").asString(),
        demo.path("service_token").asString(),
        user.path("user_id").asString(),
        user.path("api_key").asString());
  }

  public int publicPort() {
    return URI.create(publicUrl).getPort();
  }

  public int privatePort() {
    return URI.create(privateUrl).getPort();
  }

  /** Gives a user dollars, once; who is not known yet is made. */
  public void give(HttpClient client, String to, int dollars)
      throws IOException, InterruptedException {
    String body =
        JsonMapper.shared()
            .writeValueAsString(
                Map.of(
                    "user_id",
                    to,
                    "asset",
                    "USD",
                    "amount",
                    dollars,
                    "idempotency_key",
                    "bench-" + to));
    HttpResponse<String> answer =
        client.send(
            HttpRequest.newBuilder(URI.create(privateUrl + "/internal/v1/billing/grants"))
                .header("X-Service-Token", serviceToken)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("grant answered " + answer.statusCode() + ": " + answer.body());
    }
  }
}

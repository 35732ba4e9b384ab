package io.tollgate.tests.installation;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A plain HTTP client of an installation. Safe for use by many threads. */
public final class Client {
  /** Reads decimals exactly. */
  public static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Installation installation;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  public Client(Installation installation) {
    this.installation = installation;
  }

  /** A chat request as JSON. */
  public static String chat(String model, int maxTokens, boolean stream, String prompt) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("model", model);
    body.put("max_tokens", maxTokens);
    if (stream) {
      body.put("stream", true);
    }
    body.put("messages", java.util.List.of(Map.of("role", "user", "content", prompt)));
    return JSON.writeValueAsString(body);
  }

  /** Posts a chat request; headers are name, value, name, value, … */
  public HttpResponse<String> postChat(String apiKey, String body, String... headers) {
    return send(
        withHeaders(
                HttpRequest.newBuilder(url("/v1/chat/completions"))
                    .timeout(Duration.ofSeconds(60))
                    .header("Authorization", "Bearer " + apiKey)
                    .header("Content-Type", "application/json"),
                headers)
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  /** The sync snapshot of a user, as their backend sees it. */
  public JsonNode snapshot(String userId) {
    return json(
        get(
            url("/api/v1/billing/sync/" + userId),
            "Authorization",
            "Bearer " + installation.demo().serviceToken()));
  }

  public BigDecimal balance(String userId) {
    return snapshot(userId).required("balance").decimalValue();
  }

  /** Gives a user something by hand. */
  public JsonNode grant(String userId, String asset, String amount, String key) {
    String body =
        JSON.writeValueAsString(
            Map.of("user_id", userId, "asset", asset, "amount", amount, "idempotency_key", key));
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(
                    installation.demo().privateUrl().resolve("/internal/v1/billing/grants"))
                .header("X-Service-Token", installation.demo().serviceToken())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    return json(response);
  }

  /** What the sandbox provider has served. */
  public JsonNode served() {
    return json(get(installation.demo().sandboxUrl().resolve("/served")));
  }

  /** What the sandbox provider has served of a request that it answered whole, once it says so. */
  public JsonNode served(String requestId) {
    // it notes the end when the last byte is on its way, and the caller may have it before that
    return await("the provider has noted the end of " + requestId)
        .pollDelay(Duration.ZERO)
        .until(
            () -> served().required("by_request_id").required(requestId),
            served -> served.required("completed").asBoolean());
  }

  /** A token of the demo administrator. */
  public String adminToken() {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(url("/api/auth/login"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"username\":\"admin\",\"password\":\"admin123\"}"))
                .build());
    return json(response).required("token").asString();
  }

  /** The requests that are in the books, by query. */
  public JsonNode requestLogs(String adminToken, String query) {
    return json(
        get(
            url("/api/request-logs?settled=any&" + query),
            "Authorization",
            "Bearer " + adminToken));
  }

  /** What an audit of the books finds. */
  public JsonNode audit(String adminToken) {
    return json(send(
            HttpRequest.newBuilder(url("/api/ledger/audit"))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + adminToken)
                .POST(BodyPublishers.noBody())
                .build()))
        .required("data");
  }

  public HttpResponse<String> get(URI url, String... headers) {
    return send(
        withHeaders(HttpRequest.newBuilder(url).timeout(Duration.ofSeconds(30)), headers).build());
  }

  public URI url(String path) {
    return installation.demo().publicUrl().resolve(path);
  }

  public HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends it and does not wait for the end of the answer. */
  public HttpResponse<InputStream> open(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The body of a good answer as JSON. */
  public static JsonNode json(HttpResponse<String> response) {
    if (response.statusCode() != 200) {
      throw new AssertionError(
          response.uri() + " answered " + response.statusCode() + ": " + response.body());
    }
    return JSON.readTree(response.body());
  }

  private static HttpRequest.Builder withHeaders(HttpRequest.Builder builder, String... headers) {
    for (int index = 0; index < headers.length; index += 2) {
      builder.header(headers[index], headers[index + 1]);
    }
    return builder;
  }
}

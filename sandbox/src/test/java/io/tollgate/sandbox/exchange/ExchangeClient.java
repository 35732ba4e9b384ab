package io.tollgate.sandbox.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Trades over real sockets, as an account of the exchange. */
final class ExchangeClient {
  static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final String apiKey;
  private final String apiSecret;

  ExchangeClient(String url, String apiKey, String apiSecret) {
    this.url = url;
    this.apiKey = apiKey;
    this.apiSecret = apiSecret;
  }

  /** A new account with so much on both markets. */
  static ExchangeClient open(String url, long usdt) {
    JsonNode made =
        new ExchangeClient(url, "", "")
            .steer("accounts", "{\"usdt\":" + usdt + "}")
            .path("accounts")
            .path(0);
    return new ExchangeClient(
        url, made.path("api_key").stringValue(), made.path("api_secret").stringValue());
  }

  String apiKey() {
    return apiKey;
  }

  String apiSecret() {
    return apiSecret;
  }

  JsonNode steer(String what, String body) {
    return read(
        send(
            HttpRequest.newBuilder(URI.create(url + "/sandbox/exchange/" + what))
                .POST(HttpRequest.BodyPublishers.ofString(body))));
  }

  JsonNode get(String pathAndQuery) {
    return read(send(HttpRequest.newBuilder(URI.create(url + pathAndQuery)).GET()));
  }

  /** What a signed call is answered, which must be a success. */
  JsonNode call(String method, String path, String parameters, String... headers) {
    HttpResponse<String> response = signed(method, path, parameters, headers);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return read(response);
  }

  /** The error that a signed call is refused with. */
  int code(String method, String path, String parameters, String... headers) {
    HttpResponse<String> response = signed(method, path, parameters, headers);
    if (response.statusCode() == 200) {
      throw new AssertionError("not refused: " + response.body());
    }
    return read(response).path("code").intValue();
  }

  HttpResponse<String> signed(String method, String path, String parameters, String... headers) {
    String query =
        (parameters.isEmpty() ? "" : parameters + "&") + "timestamp=" + System.currentTimeMillis();
    return raw(method, path, query + "&signature=" + sign(query), headers);
  }

  /** A call as it is given, with this account's key. */
  HttpResponse<String> raw(String method, String path, String query, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path + "?" + query))
            .header("X-MBX-APIKEY", apiKey)
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(
          request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String sign(String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(apiSecret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode read(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }
}

package io.tollgate.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a sandbox over real sockets, as a relay would. */
final class Caller {
  static final JsonMapper JSON = new JsonMapper();
  static final String HELLO =
      "{\"model\":\"gpt-4o-mini\",\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}";
  static final String HELLO_STREAM =
      "{\"model\":\"gpt-4o-mini\",\"stream\":true,\"stream_options\":{\"include_usage\":true},"
          + "\"messages\":[{\"role\":\"user\",\"content\":\"Say hello\"}]}";

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;

  Caller(int port) {
    this.port = port;
  }

  HttpResponse<String> chat(String body, String... headers) {
    return send(
        request("/v1/chat/completions", headers).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  JsonNode answer(String body, String... headers) {
    HttpResponse<String> response = chat(body, headers);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }

  /** A POST to any path, with the key where every protocol looks for it. */
  HttpResponse<String> post(String path, String body, String... headers) {
    return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** What a POST is answered, which must be a JSON document with status 200. */
  JsonNode posted(String path, String body, String... headers) {
    HttpResponse<String> response = post(path, body, headers);
    if (response.statusCode() != 200) {
      throw new AssertionError(response.statusCode() + " " + response.body());
    }
    return JSON.readTree(response.body());
  }

  JsonNode steered(String steering) {
    return answer(HELLO, "X-Sandbox", steering);
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (!List.of(headers).contains("Authorization")) {
      request.header("Authorization", "Bearer any");
      if (path.startsWith("/v1/messages")) {
        request.header("anthropic-version", "2023-06-01");
      }
    }
    return request;
  }

  JsonNode served() {
    return JSON.readTree(get("/served").body());
  }

  JsonNode served(String requestId) {
    return JSON.readTree(get("/served?request_id=" + requestId).body())
        .path("by_request_id")
        .path(requestId);
  }

  /** The data of each event of a stream. */
  static List<String> events(String body) {
    return List.of(body.split("\n\n")).stream()
        .map(event -> event.substring("data: ".length()))
        .toList();
  }

  /** A socket on which a streamed request was sent and whose answer has begun. */
  Socket streaming(String requestId, String steering) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(10_000);
    byte[] body = HELLO_STREAM.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /v1/chat/completions HTTP/1.1\r\nHost: sandbox\r\nAuthorization: Bearer any\r\n"
            + "X-Request-Id: %s\r\nX-Sandbox: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(requestId, steering, body.length);
    socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().write(body);
    InputStream in = socket.getInputStream();
    StringBuilder seen = new StringBuilder();
    while (seen.indexOf("\"content\":\"Every\"") < 0) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("ended early: " + seen);
      }
      seen.append((char) next);
    }
    return socket;
  }
}

package io.tollgate.billing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.ground.config.Settings;
import io.tollgate.web.Json;
import io.tollgate.web.Listener;
import io.tollgate.web.Routes;
import io.tollgate.web.WebConfig;
import io.tollgate.web.WebEdge;
import io.tollgate.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Routes served on a free port, and a client for them. */
final class Site implements AutoCloseable {
  private final WebEdge edge;
  private final WebServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  Site(Routes routes) {
    WebConfig config =
        WebConfig.from(
            Settings.merge(
                WebConfig.settings(),
                Map.of(),
                Map.of("http.event.loops", "1"),
                Map.of(),
                Map.of(),
                "tollgate.yaml"));
    edge = WebEdge.open(config, new SimpleMeterRegistry(), Clock.systemUTC(), new SecureRandom());
    server = edge.listen(new Listener("private", 0, "private.port"), List.of(routes));
  }

  Answer post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<byte[]> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), Json.read(response.body()));
  }

  @Override
  public void close() {
    client.close();
    edge.close();
  }

  record Answer(int status, JsonNode json) {
    String text(String field) {
      return json.path(field).asString();
    }
  }
}

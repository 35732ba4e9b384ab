package io.tollgate.site.testing;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.data.testing.TestSettings;
import io.tollgate.web.ListeningPort;
import io.tollgate.web.Routes;
import io.tollgate.web.WebConfig;
import io.tollgate.web.WebEdge;
import io.tollgate.web.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** Routes served on a free port of this machine by a real server, and a client for them. */
public final class ServedRoutes implements AutoCloseable {
  private final WebEdge edge;
  private final WebServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private ServedRoutes(Routes routes, String trustedProxies) {
    WebConfig config =
        WebConfig.from(
            TestSettings.of(
                WebConfig.settings(),
                Map.of("http.event.loops", "1", "http.trusted.proxies", trustedProxies)));
    edge = WebEdge.open(config, new SimpleMeterRegistry(), Clock.systemUTC(), new SecureRandom());
    server = edge.listen(new ListeningPort("test", 0, "port"), List.of(routes));
  }

  /** Serves them until it is closed. */
  public static ServedRoutes start(Routes routes) {
    return new ServedRoutes(routes, "");
  }

  /** The same where every caller is a trusted proxy. */
  public static ServedRoutes behindProxy(Routes routes) {
    return new ServedRoutes(routes, "127.0.0.1");
  }

  /** A request to a path, which starts with a slash. */
  public HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  /** Sends a request and reads the whole answer. */
  public HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** Posts JSON and reads JSON. */
  public ServedAnswer post(String path, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = to(path).header("Content-Type", "application/json");
    if (headers.length > 0) {
      request.headers(headers);
    }
    return ServedAnswer.of(send(request.POST(BodyPublishers.ofString(body))));
  }

  @Override
  public void close() {
    client.close();
    edge.close();
  }
}

package io.tollgate.sandbox.internal;

import io.tollgate.sandbox.internal.anthropic.AnthropicRoutes;
import io.tollgate.sandbox.internal.audio.AudioRoutes;
import io.tollgate.sandbox.internal.batches.BatchEndpoints;
import io.tollgate.sandbox.internal.exchange.Replies;
import io.tollgate.sandbox.internal.exchange.Routes;
import io.tollgate.sandbox.internal.exchange.Site;
import io.tollgate.sandbox.internal.gemini.GeminiRoutes;
import io.tollgate.sandbox.internal.images.ImageRoutes;
import io.tollgate.sandbox.internal.openai.OpenAiDialect;
import io.tollgate.sandbox.internal.openai.OpenAiRoutes;
import io.tollgate.sandbox.internal.pay.PayRoutes;
import io.tollgate.sandbox.internal.realtime.RealtimeRoute;
import io.tollgate.sandbox.internal.responses.ResponsesRoutes;
import io.tollgate.sandbox.internal.served.Served;
import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.TradingRoutes;
import io.tollgate.sandbox.internal.vectors.VectorRoutes;
import io.vertx.core.Future;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Set;

/** The provider's HTTP server, and its bounds. */
public final class SandboxServer {
  private static final int MAX_CONNECTIONS = 10_000;
  private static final int HEADER_BYTES = 32 * 1024;
  private static final int FIRST_LINE_BYTES = 16 * 1024;

  private static final int MESSAGE_BYTES = 4 * 1024 * 1024;

  /** Longer than the longest latency that can be asked for. */
  private static final int IDLE_SECONDS = 660;

  private static final String HEALTH =
      "{\"status\":\"healthy\",\"service\":\"sandbox\",\"version\":\""
          + version()
          + "\",\"success\":true,\"data\":{\"status\":\"UP\",\"service\":\"sandbox\"}}";

  /** What a batch may ask for. */
  private static final Set<String> BATCHED =
      Set.of(
          "/v1/chat/completions",
          "/v1/responses",
          "/v1/embeddings",
          "/v1/completions",
          "/v1/moderations");

  private final HttpServer server;
  private final Routes routes;
  private int connections;

  public SandboxServer(Site site, Served served, Floor floor) {
    this.routes = new Routes(site);
    OpenAiRoutes.add(routes);
    AnthropicRoutes.add(routes);
    ResponsesRoutes.add(routes);
    GeminiRoutes.add(routes);
    VectorRoutes.add(routes);
    ImageRoutes.add(routes);
    AudioRoutes.add(routes);
    BatchEndpoints.add(routes, routes.endpoints(BATCHED));
    RealtimeRoute.add(routes);
    ModelsRoute.add(routes);
    PayRoutes.add(routes);
    TradingRoutes.add(routes, floor);
    ServedRoute servedRoute = new ServedRoute(served);
    routes.open(
        HttpMethod.GET,
        "/served",
        OpenAiDialect.OPENAI,
        (request, subject) -> servedRoute.handle(request));
    for (String health : new String[] {"/health", "/health/ready"}) {
      routes.open(
          HttpMethod.GET,
          health,
          OpenAiDialect.OPENAI,
          (request, subject) -> Replies.json(request, 200, HEALTH));
    }
    this.server =
        site.vertx()
            .createHttpServer(
                new HttpServerOptions()
                    .setMaxHeaderSize(HEADER_BYTES)
                    .setMaxInitialLineLength(FIRST_LINE_BYTES)
                    .setIdleTimeout(IDLE_SECONDS)
                    .setHandle100ContinueAutomatically(true)
                    .setMaxWebSocketFrameSize(MESSAGE_BYTES)
                    .setMaxWebSocketMessageSize(MESSAGE_BYTES)
                    .setWebSocketSubProtocols(List.of(RealtimeRoute.SUBPROTOCOL)))
            .connectionHandler(this::connected)
            .requestHandler(this::handle);
  }

  /** Starts to listen; the result is the port. */
  public Future<Integer> listen(String host, int port) {
    return server.listen(port, host).map(HttpServer::actualPort);
  }

  /** Stops listening and closes all connections. */
  public Future<Void> close() {
    return server.close();
  }

  private void connected(HttpConnection connection) {
    connections++;
    connection.closeHandler(closed -> connections--);
    if (connections > MAX_CONNECTIONS) {
      connection.close();
    }
  }

  private void handle(HttpServerRequest request) {
    routes.handle(request, OpenAiDialect.OPENAI);
  }

  private static String version() {
    String version = SandboxServer.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}

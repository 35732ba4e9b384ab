package io.tollgate.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Consumer;

/** The provider's HTTP server: which path is answered by whom, and the bounds of it all. */
public final class SandboxServer {
  private static final int MOST_CONNECTIONS = 10_000;
  private static final int HEADER_BYTES = 32 * 1024;
  private static final int FIRST_LINE_BYTES = 16 * 1024;

  /** Longer than the longest latency that can be asked for. */
  private static final int IDLE_SECONDS = 660;

  private static final String HEALTH =
      "{\"status\":\"healthy\",\"service\":\"sandbox\",\"version\":\""
          + version()
          + "\",\"success\":true,\"data\":{\"status\":\"UP\",\"service\":\"sandbox\"}}";

  private final HttpServer server;
  private final ChatRoute chat;
  private final ServedRoute served;
  private int connections;

  public SandboxServer(
      Vertx vertx, Served served, Journal journal, TokenCounter counter, InstantSource clock) {
    this.chat = new ChatRoute(vertx, journal, counter, clock);
    this.served = new ServedRoute(served);
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setMaxHeaderSize(HEADER_BYTES)
                    .setMaxInitialLineLength(FIRST_LINE_BYTES)
                    .setIdleTimeout(IDLE_SECONDS)
                    .setHandle100ContinueAutomatically(true))
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
    if (connections > MOST_CONNECTIONS) {
      connection.close();
    }
  }

  private void handle(HttpServerRequest request) {
    try {
      route(request);
    } catch (OpenAiProblem problem) {
      Replies.problem(request, problem);
    }
  }

  private void route(HttpServerRequest request) {
    // Vert.x has none for a malformed request line
    String given = request.path();
    String path = given == null ? "" : given;
    switch (path) {
      case "/v1/chat/completions" -> account(request, HttpMethod.POST, chat::handle);
      case "/v1/models" -> account(request, HttpMethod.GET, Models::list);
      case "/served" -> only(request, HttpMethod.GET, served::handle);
      case "/health", "/health/ready" ->
          only(request, HttpMethod.GET, asked -> Replies.json(asked, 200, HEALTH));
      default -> {
        if (!path.startsWith("/v1/models/")) {
          throw new OpenAiProblem(
              404,
              "invalid_request_error",
              "unknown_url",
              "",
              "Unknown request URL: " + request.method() + " " + path + ".");
        }
        String name = path.substring("/v1/models/".length());
        account(request, HttpMethod.GET, asked -> Models.one(asked, name));
      }
    }
  }

  /** Only with a key of the sandbox account, which is any. */
  private static void account(
      HttpServerRequest request, HttpMethod method, Consumer<HttpServerRequest> route) {
    only(
        request,
        method,
        asked -> {
          String key = asked.getHeader("Authorization");
          if (key == null
              || !key.toLowerCase(Locale.ROOT).startsWith("bearer ")
              || key.substring("bearer ".length()).isBlank()) {
            throw new OpenAiProblem(
                401,
                "invalid_request_error",
                "invalid_api_key",
                "",
                "No API key was given (expected: Authorization: Bearer KEY, any key).");
          }
          route.accept(asked);
        });
  }

  private static void only(
      HttpServerRequest request, HttpMethod method, Consumer<HttpServerRequest> route) {
    if (!request.method().equals(method)) {
      request.response().putHeader("Allow", method.name());
      throw new OpenAiProblem(
          405,
          "invalid_request_error",
          "method_not_supported",
          "",
          "Not allowed: " + request.method() + " (expected: " + method + ").");
    }
    route.accept(request);
  }

  private static String version() {
    String version = SandboxServer.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }
}

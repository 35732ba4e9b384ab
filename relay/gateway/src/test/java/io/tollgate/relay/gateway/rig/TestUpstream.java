package io.tollgate.relay.gateway.rig;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A provider over the wire that answers as the test says, and notes what it was sent. */
public final class TestUpstream implements AutoCloseable {
  /** What arrived. */
  public record Received(String path, MultiMap headers, String body) {}

  public final List<Received> received = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile Handler<HttpServerRequest> answer = request -> request.response().end();

  TestUpstream(Vertx vertx) {
    server = vertx.createHttpServer().requestHandler(this::handle);
    try {
      server
          .listen(0, "127.0.0.1")
          .toCompletionStage()
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError("the upstream does not start", e);
    }
  }

  public String baseUrl() {
    return "http://127.0.0.1:" + server.actualPort() + "/v1";
  }

  /** How it answers from now on; called when the whole request has arrived, on the event loop. */
  public void answers(Handler<HttpServerRequest> handler) {
    answer = handler;
  }

  public void answersJson(int status, String body) {
    answers(
        request ->
            request
                .response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body));
  }

  private void handle(HttpServerRequest request) {
    var unused =
        request
            .body()
            .onSuccess(
                body -> {
                  received.add(new Received(request.uri(), request.headers(), body.toString()));
                  answer.handle(request);
                });
  }

  @Override
  public void close() {
    var unused = server.close();
  }
}

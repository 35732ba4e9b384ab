package io.tollgate.trading.exchange.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class VertxWireTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void a_header_that_says_two_things_says_nothing() {
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(
                request -> {
                  request.response().headers().add("Retry-After", "1").add("retry-after", "900");
                  request.response().headers().add("X-Used", "7").add("X-Used", "7");
                  request.response().putHeader("X-Once", "3").end("{}");
                })
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    WireResult result =
        new VertxWire(vertx.createHttpClient(), Optional.empty())
            .send(
                new WireCall(
                    "GET",
                    URI.create("http://127.0.0.1:" + server.actualPort()),
                    "/",
                    List.of(),
                    "",
                    1_000,
                    Duration.ofSeconds(30)));
    assertThat(result)
        .isInstanceOfSatisfying(
            WireResult.Answered.class,
            answer -> {
              assertThat(answer.header("retry-after")).isEmpty();
              assertThat(answer.header("x-used")).contains("7");
              assertThat(answer.header("x-once")).contains("3");
            });
  }
}

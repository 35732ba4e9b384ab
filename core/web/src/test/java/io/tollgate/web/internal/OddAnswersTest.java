package io.tollgate.web.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetServer;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers after which a connection must not be used again, each followed at once by a request. */
class OddAnswersTest {
  private static final String GOOD = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nnext";

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final AtomicInteger connections = new AtomicInteger();
  private final Queue<List<String>> answers = new ConcurrentLinkedQueue<>();
  private final int port = wait(serve()).actualPort();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirstx",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirstHTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n0\r\n\r\nx"
      })
  void one_byte_too_many_closes_the_connection(String answer) {
    answers.add(List.of(answer));
    answers.add(List.of(GOOD));
    assertThat(firstAndNext()).isEqualTo("first,next");
    assertThat(connections).hasValue(2);
  }

  @Test
  void an_answer_that_ends_with_its_connection_leaves_none_behind() {
    answers.add(List.of("HTTP/1.0 200 OK\r\n\r\nfirst", ""));
    answers.add(List.of(GOOD));
    assertThat(firstAndNext()).isEqualTo("first,next");
    assertThat(connections).hasValue(2);
  }

  @Test
  void an_answer_in_many_pieces_keeps_its_connection() {
    answers.add(
        List.of(
            "HTTP/1.1 200 OK\r\nTransfer-Enc",
            "oding: chunked\r\n\r\n5\r",
            "\nfirst\r\n0\r\n\r\n"));
    answers.add(List.of(GOOD));
    assertThat(firstAndNext()).isEqualTo("first,next");
    assertThat(connections).hasValue(1);
  }

  /** The second request goes out in the moment in which the first answer ends. */
  private String firstAndNext() {
    return wait(
        onLoop(
            client -> get(client).compose(first -> get(client).map(next -> first + "," + next))));
  }

  private Future<String> get(LoopClient client) {
    return client
        .request(new RequestOptions().setHost("127.0.0.1").setPort(port).setURI("/"))
        .compose(HttpClientRequest::send)
        .compose(response -> response.body().map(Buffer::toString));
  }

  /** Answers each request with the pieces of one answer; an empty one closes the connection. */
  private Future<NetServer> serve() {
    return vertx
        .createNetServer()
        .connectHandler(
            socket -> {
              connections.incrementAndGet();
              socket.handler(
                  asked -> {
                    Future<Void> sent = Future.succeededFuture();
                    for (String piece : answers.remove()) {
                      sent =
                          sent.compose(
                              unused -> piece.isEmpty() ? socket.close() : socket.write(piece));
                    }
                  });
            })
        .listen(0, "127.0.0.1");
  }

  private Future<String> onLoop(java.util.function.Function<LoopClient, Future<String>> work) {
    Promise<String> promise = Promise.promise();
    loop.runOnContext(
        unused ->
            work.apply(
                    new LoopClient(
                        vertx,
                        vertx.createHttpClient(new HttpClientOptions()),
                        new OriginPool.Bounds(4, 4, Duration.ofSeconds(60)),
                        new UpstreamMeters(new SimpleMeterRegistry())))
                .onComplete(promise));
    return promise.future();
  }

  private static <T> T wait(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}

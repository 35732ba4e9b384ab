package io.tollgate.web.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.web.FreshRequestOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopClientTest {
  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<HttpServerRequest> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();
  private final int port = wait(serve()).actualPort();

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void answered_connection_serves_the_next_request() {
    HttpClient client = client(8, 8, Duration.ofSeconds(60));
    for (int i = 0; i < 5; i++) {
      Future<Integer> answer = get(client);
      answer(i, "");
      assertThat(wait(answer)).isEqualTo(200);
    }
    assertThat(connections).hasValue(1);
  }

  @Test
  void requests_over_the_limit_wait_and_those_over_the_queue_fail() {
    HttpClient client = client(1, 1, Duration.ofSeconds(60));
    Future<Integer> first = get(client);
    awaitAsked(1);
    Future<Integer> second = get(client);
    Future<Integer> third = get(client);
    assertThatThrownBy(() -> wait(third))
        .hasRootCauseInstanceOf(ConnectionPoolTooBusyException.class);
    answer(0, "");
    assertThat(wait(first)).isEqualTo(200);
    answer(1, "");
    assertThat(wait(second)).isEqualTo(200);
    assertThat(connections).hasValue(1);
  }

  @Test
  void connection_that_the_other_side_closes_is_not_used_again() {
    HttpClient client = client(1, 1, Duration.ofSeconds(60));
    Future<Integer> first = get(client);
    answer(0, "close");
    assertThat(wait(first)).isEqualTo(200);
    Future<Integer> second = get(client);
    answer(1, "");
    assertThat(wait(second)).isEqualTo(200);
    assertThat(connections).hasValue(2);
  }

  @Test
  void request_given_up_makes_room_for_the_one_that_waits() {
    HttpClient client = client(1, 1, Duration.ofSeconds(60));
    // one that is never sent, and one that is never answered
    HttpClientRequest unsent = wait(onLoop(() -> client.request(options())));
    Future<Integer> second = get(client);
    onLoop(() -> unsent.reset().mapEmpty());
    awaitAsked(1);
    Future<HttpClientRequest> third = onLoop(() -> client.request(options()));
    asked.getFirst().connection().close();
    assertThatThrownBy(() -> wait(second)).isInstanceOf(AssertionError.class);
    HttpClientRequest sent = wait(third);
    var unanswered = onLoop(sent::send);
    awaitAsked(2);
    Future<Integer> fourth = get(client);
    onLoop(() -> sent.reset().mapEmpty());
    assertThatThrownBy(() -> wait(unanswered)).isInstanceOf(AssertionError.class);
    answer(2, "");
    assertThat(wait(fourth)).isEqualTo(200);
  }

  @Test
  void idle_connection_is_closed_after_its_time_or_that_of_the_other_side() {
    HttpClient client = client(4, 4, Duration.ofMillis(100));
    Future<Integer> first = get(client);
    answer(0, "");
    assertThat(wait(first)).isEqualTo(200);
    await().until(() -> open.get() == 0);
    Future<Integer> second = get(client);
    answer(1, "");
    assertThat(wait(second)).isEqualTo(200);
    assertThat(connections).hasValue(2);
  }

  @Test
  void origin_that_does_not_answer_fails_all_who_wait() {
    HttpClient client = client(1, 4, Duration.ofSeconds(60));
    RequestOptions nowhere = new RequestOptions().setHost("127.0.0.1").setPort(1).setURI("/");
    Future<HttpClientRequest> first = onLoop(() -> client.request(nowhere));
    Future<HttpClientRequest> second = onLoop(() -> client.request(nowhere));
    assertThatThrownBy(() -> wait(first)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> wait(second)).isInstanceOf(AssertionError.class);
  }

  @Test
  void who_asked_first_is_served_first() {
    HttpClient client = client(1, 8, Duration.ofSeconds(60));
    List<Future<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      answers.add(get(client, options().setURI("/" + i)));
    }
    for (int i = 0; i < 6; i++) {
      answer(i, "");
      assertThat(wait(answers.get(i))).isEqualTo(200);
    }
    assertThat(asked)
        .extracting(HttpServerRequest::uri)
        .containsExactly("/0", "/1", "/2", "/3", "/4", "/5");
  }

  @Test
  void who_has_waited_too_long_fails_and_takes_neither_place_nor_connection() {
    HttpClient client = client(1, 1, Duration.ofSeconds(60));
    Future<Integer> first = get(client);
    awaitAsked(1);
    Future<Integer> late = get(client, options().setConnectTimeout(50));
    await().until(() -> gauge("tollgate_upstream_requests_waiting") == 1);
    assertThatThrownBy(() -> wait(late))
        .hasRootCauseInstanceOf(ConnectionPoolTooBusyException.class)
        .hasStackTraceContaining("within 50 ms");
    assertThat(gauge("tollgate_upstream_requests_waiting")).isZero();
    assertThat(refused("waited_too_long")).isOne();
    Future<Integer> next = get(client);
    assertThatThrownBy(() -> wait(get(client)))
        .hasRootCauseInstanceOf(ConnectionPoolTooBusyException.class);
    assertThat(refused("queue_full")).isOne();
    answer(0, "");
    assertThat(wait(first)).isEqualTo(200);
    answer(1, "");
    assertThat(wait(next)).isEqualTo(200);
    assertThat(asked).hasSize(2);
    assertThat(connections).hasValue(1);
    assertThat(gauge("tollgate_upstream_connections")).isOne();
  }

  @Test
  void a_fresh_connection_beyond_the_limit_does_not_raise_it() {
    HttpClient client = client(1, 4, Duration.ofSeconds(60));
    Future<Integer> stale = get(client);
    awaitAsked(1);
    Future<Integer> fresh = get(client, new FreshRequestOptions(options()));
    awaitAsked(2);
    Future<Integer> waiting = get(client);
    asked.getFirst().connection().close();
    assertThatThrownBy(() -> wait(stale)).isInstanceOf(AssertionError.class);
    answer(1, "");
    assertThat(wait(fresh)).isEqualTo(200);
    answer(2, "");
    assertThat(wait(waiting)).isEqualTo(200);
    assertThat(connections).hasValue(2);
    assertThat(gauge("tollgate_upstream_connections")).isOne();
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  private double refused(String reason) {
    return registry
        .get("tollgate_upstream_requests_refused")
        .tag("reason", reason)
        .counter()
        .count();
  }

  private Future<HttpServer> serve() {
    return vertx
        .createHttpServer()
        .connectionHandler(
            connection -> {
              connections.incrementAndGet();
              open.incrementAndGet();
              connection.closeHandler(unused -> open.decrementAndGet());
            })
        .requestHandler(asked::add)
        .listen(0, "127.0.0.1");
  }

  private HttpClient client(int max, int waiting, Duration keepAlive) {
    return wait(
        onLoop(
            () ->
                Future.succeededFuture(
                    new LoopClient(
                        vertx,
                        vertx.createHttpClient(new HttpClientOptions()),
                        new OriginPool.Bounds(max, waiting, keepAlive),
                        new UpstreamMeters(registry)))));
  }

  private RequestOptions options() {
    return new RequestOptions().setHost("127.0.0.1").setPort(port).setURI("/");
  }

  private Future<Integer> get(HttpClient client) {
    return get(client, options());
  }

  private Future<Integer> get(HttpClient client, RequestOptions options) {
    return onLoop(
        () ->
            client
                .request(options)
                .compose(HttpClientRequest::send)
                .compose(response -> response.body().map(response.statusCode())));
  }

  private void answer(int number, String connection) {
    awaitAsked(number + 1);
    var response = asked.get(number).response();
    if (!connection.isEmpty()) {
      response.putHeader("Connection", connection);
    }
    var unused = response.end("answer");
  }

  private void awaitAsked(int count) {
    await().until(() -> asked.size() >= count);
  }

  private <T> Future<T> onLoop(Supplier<Future<T>> work) {
    Promise<T> promise = Promise.promise();
    loop.runOnContext(unused -> work.get().onComplete(promise));
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

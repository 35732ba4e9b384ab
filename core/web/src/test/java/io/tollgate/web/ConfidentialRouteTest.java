package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies that nothing is left of when their route has ended. */
class ConfidentialRouteTest {
  private static final Queue<byte[]> SEEN = new ConcurrentLinkedQueue<>();
  private static TestEdge edge;

  @BeforeAll
  static void open() {
    edge = new TestEdge(ConfidentialRouteTest::declare);
  }

  @AfterAll
  static void close() {
    edge.close();
  }

  private static void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.confidential(HttpMethod.POST, "/told", errors, 1 << 20, ConfidentialRouteTest::told);
    table.confidential(
        HttpMethod.POST,
        "/thrown",
        errors,
        1 << 20,
        request -> {
          Response unused = told(request);
          throw new IllegalStateException("a fault");
        });
  }

  private static Response told(Request request) {
    SEEN.add(request.body());
    long sum = 0;
    for (byte octet : request.body()) {
      sum += octet;
    }
    return Response.text(200, "text/plain", request.body().length + " " + sum);
  }

  @Test
  void the_body_is_whole_for_its_route_and_overwritten_afterwards() throws IOException {
    for (int length : new int[] {1, 500, 70_000}) {
      try (RawCaller caller = edge.caller()) {
        caller.post("/told", "s".repeat(length));
        assertThat(caller.answer().body()).isEqualTo(length + " " + (long) length * 's');
      }
      assertThat(SEEN.poll()).hasSize(length).containsOnly((byte) 0);
    }
  }

  @Test
  void it_is_overwritten_when_the_route_fails_or_the_caller_is_gone() throws IOException {
    try (RawCaller caller = edge.caller()) {
      caller.post("/thrown", "s".repeat(100));
      assertThat(caller.answer().status()).isEqualTo(500);
    }
    assertThat(SEEN.poll()).hasSize(100).containsOnly((byte) 0);
    try (RawCaller caller = edge.caller()) {
      caller.post("/told", "s".repeat(100));
    }
    await().until(() -> !SEEN.isEmpty());
    byte[] body = SEEN.remove();
    await().untilAsserted(() -> assertThat(body).containsOnly((byte) 0));
  }
}

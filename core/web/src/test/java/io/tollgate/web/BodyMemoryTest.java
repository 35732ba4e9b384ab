package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Memory for bodies grows with what came, and one address cannot have all of it (S02, S11). */
class BodyMemoryTest {
  private static final Pattern HELD =
      Pattern.compile("tollgate_http_body_held_bytes\\{server=\"public\"} ([0-9.E]+)");

  private static void declare(RouteTable table, int loop, Vertx vertx) {
    table.blocking(
        HttpMethod.POST,
        "/length",
        ErrorForms.standard(),
        32L << 20,
        request -> Response.json(200, request.body().length));
  }

  private static long held(TestEdge edge) {
    Matcher matcher = HELD.matcher(edge.metrics.scrape());
    assertThat(matcher.find()).isTrue();
    return (long) Double.parseDouble(matcher.group(1));
  }

  @Test
  void announced_length_takes_no_memory_and_what_came_is_counted_as_allocated() throws IOException {
    List<RawCaller> holding = new ArrayList<>();
    try (TestEdge edge = new TestEdge(BodyMemoryTest::declare)) {
      for (int i = 0; i < 50; i++) {
        RawCaller caller = edge.caller();
        holding.add(caller);
        caller.send("POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 33554432\r\n\r\n");
        caller.send("a").send("b").send("c");
      }
      await().until(() -> held(edge) == 50 * 512L);
      holding.getFirst().send(new byte[100_000]);
      await().until(() -> held(edge) >= 49 * 512L + 100_003);
      assertThat(held(edge)).isLessThanOrEqualTo(49 * 512L + 2 * 100_003);
      for (RawCaller caller : holding) {
        caller.close();
      }
      await().until(() -> held(edge) == 0);
    }
  }

  @Test
  void bodies_of_one_address_leave_room_for_those_of_others_and_for_small_ones()
      throws IOException {
    List<RawCaller> holding = new ArrayList<>();
    try (TestEdge edge =
        new TestEdge(
            Map.of("http.body.total.mib", "4", "http.event.loops", "1"), BodyMemoryTest::declare)) {
      for (int i = 0; i < 60; i++) {
        RawCaller caller = edge.caller();
        holding.add(caller);
        caller.send("POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
        caller.send(new byte[99_999]);
      }
      await().until(() -> held(edge) > 1_900_000);
      RawCaller.Answer refused = holding.getLast().answer();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("retry-after")).isEqualTo("1");
      assertThat(held(edge)).isLessThanOrEqualTo(2L << 20);
      try (RawCaller login = edge.caller();
          RawCaller other = new RawCaller("127.0.0.2", edge.server.port())) {
        assertThat(login.post("/length", "{\"username\":\"a\"}").answer().status()).isEqualTo(200);
        other.send("POST /length HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n");
        assertThat(other.send(new byte[1_000_000]).answer().body()).isEqualTo("1000000");
      }
    } finally {
      for (RawCaller caller : holding) {
        caller.close();
      }
    }
  }
}

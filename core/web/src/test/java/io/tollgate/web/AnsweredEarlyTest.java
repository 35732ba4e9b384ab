package io.tollgate.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An answer that is given before the body has come closes the connection within a bound (S03). */
class AnsweredEarlyTest {
  private static void declare(RouteTable table, int loop, Vertx vertx) {
    ErrorForm errors = ErrorForms.standard();
    table.blocking(HttpMethod.GET, "/quick", errors, request -> Response.json(200, "quick"));
    table.blocking(
        HttpMethod.POST, "/slow", errors, request -> Response.json(200, request.body().length));
    table.stream(
        HttpMethod.POST,
        "/paused",
        errors,
        (context, request) -> {
          request.pause();
          AnswerSender.refuse(
              context,
              request,
              errors,
              new Refusal(ErrorCode.INVALID_API_KEY, "the key is unknown"));
        });
    table.stream(
        HttpMethod.POST,
        "/direct",
        errors,
        (context, request) -> {
          var unused = request.response().setStatusCode(401).end("no");
        });
  }

  private static TestEdge edge(Map<String, String> settings) {
    return new TestEdge(settings, AnsweredEarlyTest::declare);
  }

  @Test
  void body_that_never_comes_after_its_answer_closes_the_connection() throws IOException {
    String[][] early = {
      {"POST /nope", "404"},
      {"POST /quick", "405"},
      {"POST /paused", "401"},
      {"POST /direct", "401"},
      {"POST /slow", "408"},
      {"POST /slow?%zz", "400"},
    };
    try (TestEdge edge =
        edge(
            Map.of(
                "http.drain.ms", "200", "http.body.deadline.ms", "200", "http.idle.ms", "60000"))) {
      for (String[] one : early) {
        for (String length :
            List.of(
                "Content-Length: 10",
                "Content-Length: 900000",
                "Transfer-Encoding: chunked",
                "Content-Length: 10\r\nExpect: 100-continue")) {
          try (RawCaller caller = edge.caller()) {
            caller.send(one[0] + " HTTP/1.1\r\nHost: a\r\n" + length + "\r\n\r\n");
            RawCaller.Answer answer = caller.answer();
            while (answer.status() == 100) {
              answer = caller.answer();
            }
            assertThat(answer.status())
                .as(one[0] + " " + length)
                .isEqualTo(Integer.parseInt(one[1]));
            assertThat(caller.closed()).as(one[0] + " " + length).isTrue();
          }
        }
      }
      await()
          .untilAsserted(
              () ->
                  assertThat(edge.metrics.scrape())
                      .contains("tollgate_http_connections{server=\"public\"} 0.0")
                      .contains("tollgate_http_requests_in_flight{server=\"public\"} 0.0"));
    }
  }

  @Test
  void caller_who_sends_the_short_body_a_little_later_keeps_the_connection() throws IOException {
    try (TestEdge edge = edge(Map.of());
        RawCaller caller = edge.caller()) {
      caller.send("POST /nope HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n");
      assertThat(caller.answer().status()).isEqualTo(404);
      assertThat(caller.send("abc").get("/quick").answer().status()).isEqualTo(200);
    }
  }

  @Test
  void caller_who_sends_without_end_is_cut_off() throws IOException {
    byte[] part = new byte[1 << 20];
    try (TestEdge edge = edge(Map.of("http.drain.mib", "1", "http.drain.ms", "60000"));
        RawCaller caller = edge.caller()) {
      caller.send("POST /nope HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999\r\n\r\n");
      assertThat(caller.answer().status()).isEqualTo(404);
      await()
          .atMost(Duration.ofSeconds(10))
          .until(
              () -> {
                try {
                  caller.send(part);
                  return false;
                } catch (IOException e) {
                  return true;
                }
              });
    }
  }

  @Test
  void answered_callers_who_still_hold_their_connections_make_room_for_others() throws IOException {
    List<RawCaller> holding = new ArrayList<>();
    try (TestEdge edge =
        edge(Map.of("http.connections", "40", "http.event.loops", "1", "http.drain.ms", "60000"))) {
      for (int i = 0; i < 120; i++) {
        RawCaller caller = edge.caller();
        holding.add(caller);
        caller.send("POST /nope HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n");
        assertThat(caller.answer().status()).isEqualTo(404);
      }
      for (String from : List.of("127.0.0.1", "127.0.0.2")) {
        try (RawCaller honest = new RawCaller(from, edge.server.port())) {
          assertThat(honest.get("/quick").answer().status()).isEqualTo(200);
        }
      }
    } finally {
      for (RawCaller caller : holding) {
        caller.close();
      }
    }
  }

  @Test
  void one_address_has_its_share_of_the_connections_and_others_have_the_rest() throws IOException {
    List<RawCaller> holding = new ArrayList<>();
    try (TestEdge edge = edge(Map.of("http.connections", "8", "http.event.loops", "1"))) {
      for (int i = 0; i < 6; i++) {
        RawCaller caller = edge.caller();
        holding.add(caller);
        assertThat(caller.get("/quick").answer().status()).isEqualTo(200);
      }
      try (RawCaller seventh = edge.caller();
          RawCaller other = new RawCaller("127.0.0.2", edge.server.port());
          RawCaller another = new RawCaller("127.0.0.3", edge.server.port())) {
        RawCaller.Answer refused = seventh.answer();
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.body()).contains("too many connections from one address (limit: 6)");
        assertThat(other.get("/quick").answer().status()).isEqualTo(200);
        assertThat(another.get("/quick").answer().status()).isEqualTo(200);
      }
      holding.removeLast().close();
      await()
          .untilAsserted(
              () -> {
                try (RawCaller again = edge.caller()) {
                  assertThat(again.get("/quick").answer().status()).isEqualTo(200);
                }
              });
    } finally {
      for (RawCaller caller : holding) {
        caller.close();
      }
    }
  }

  @Test
  void a_trusted_proxy_has_no_share_of_its_own() throws IOException {
    List<RawCaller> holding = new ArrayList<>();
    try (TestEdge edge =
        edge(Map.of("http.connections", "8", "http.trusted.proxies", "127.0.0.0/8"))) {
      for (int i = 0; i < 8; i++) {
        RawCaller caller = edge.caller();
        holding.add(caller);
        assertThat(caller.get("/quick").answer().status()).isEqualTo(200);
      }
    } finally {
      for (RawCaller caller : holding) {
        caller.close();
      }
    }
  }

  @Test
  void a_stop_does_not_wait_for_bodies_that_do_not_come() throws IOException {
    List<RawCaller> holding = new ArrayList<>();
    TestEdge edge = edge(Map.of("http.drain.ms", "60000"));
    try {
      for (String head :
          List.of(
              "POST /nope HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n",
              "POST /nope HTTP/1.1\r\nHost: a\r\nContent-Length: 900000\r\n\r\n",
              "POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabc",
              "POST /slow HTTP/1.1\r\nHo",
              "")) {
        RawCaller caller = edge.caller();
        holding.add(caller);
        caller.send(head);
      }
      assertThat(holding.get(0).answer().status()).isEqualTo(404);
      assertThat(holding.get(1).answer().status()).isEqualTo(404);
    } finally {
      long before = System.nanoTime();
      edge.close();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(4));
      for (RawCaller caller : holding) {
        caller.close();
      }
    }
  }
}

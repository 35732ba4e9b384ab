package io.tollgate.relay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.identity.ConcurrencyLimits;
import io.tollgate.relay.gateway.rig.GatewayRig;
import io.tollgate.relay.gateway.rig.RawCaller;
import io.vertx.core.http.HttpServerResponse;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What callers can make the gateway hold, without a key, without means, or with both. */
@Tag("slow")
class HeldResourcesTest {
  private static final String ANSWER =
      "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"x\"}}],"
          + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}";

  private GatewayRig rig = new GatewayRig();

  @AfterEach
  void close() {
    assertThat(rig.passages.faults).isEmpty();
    rig.close();
  }

  @Test
  void s01_bad_escapes_in_the_query_are_400_and_take_no_place_for_good() {
    restart(Map.of("relay.in.flight.max", "3"));
    for (String query : List.of("key=%zz", "a=b&key=%", "key=%4", "key=x%e4%zz&c=d")) {
      for (int i = 0; i < 5; i++) {
        assertThat(postWithoutKey(query))
            .startsWith("HTTP/1.1 400")
            .contains("invalid_request_error")
            .doesNotContain("%zz")
            .doesNotContain("%4");
      }
    }
    assertThat(rig.gateway.running()).isZero();
    rig.upstream.answersJson(200, ANSWER);
    assertThat(rig.chat(GatewayRig.request(false, "")).statusCode()).isEqualTo(200);
  }

  @Test
  void s01_bad_escapes_beside_the_key_are_no_business_of_ours() {
    rig.upstream.answersJson(200, ANSWER);
    HttpResponse<String> response =
        rig.send(
            HttpRequest.newBuilder(rig.uri("/v1/chat/completions?key=" + rig.key + "&beta=1+2"))
                .POST(HttpRequest.BodyPublishers.ofString(GatewayRig.request(false, ""))));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(postWithoutKey("akey=" + rig.key)).startsWith("HTTP/1.1 401");
  }

  @Test
  void s01_it_is_not_ready_while_every_place_is_taken() throws Exception {
    restart(Map.of("relay.in.flight.max", "1"));
    List<HttpServerResponse> waiting = new CopyOnWriteArrayList<>();
    rig.upstream.answers(request -> waiting.add(request.response()));
    assertThat(rig.gateway.readiness().problem().call()).isEmpty();
    try (RawCaller caller = rig.calling(GatewayRig.request(false, ""))) {
      await().until(() -> !waiting.isEmpty());
      assertThat(rig.gateway.readiness().problem().call())
          .hasValue("all places for running requests are taken");
      assertThat(rig.chat(GatewayRig.request(false, "")).statusCode()).isEqualTo(503);
      var unused = waiting.getFirst().putHeader("content-type", "application/json").end(ANSWER);
      assertThat(caller.readUntil("completion_tokens")).startsWith("HTTP/1.1 200");
    }
    await().until(() -> rig.gateway.running() == 0);
    assertThat(rig.gateway.readiness().problem().call()).isEmpty();
  }

  @Test
  void s02_memory_grows_with_what_came_and_not_with_what_was_announced() throws Exception {
    List<RawCaller> callers = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      callers.add(announcing("Content-Length: 33554432"));
    }
    await().until(() -> rig.passages.checked.get() == 100);
    for (int bytes = 1; bytes <= 3; bytes++) {
      for (RawCaller caller : callers) {
        caller.send("x");
      }
      // each arrives by itself, once the gateway has seen the one before
      long least = 100L * bytes;
      await().until(() -> memory() >= least);
    }
    assertThat(memory()).isLessThanOrEqualTo(100 * 4096);
    for (RawCaller caller : callers) {
      caller.hangUp();
    }
    await().until(() -> rig.gateway.running() == 0);
    assertThat(memory()).isZero();
  }

  @Test
  void s02_what_is_allocated_is_never_more_than_the_budget() throws Exception {
    restart(Map.of("relay.memory.mib", "1"));
    try (RawCaller caller = announcing("Content-Length: 33554432")) {
      await().until(() -> rig.passages.checked.get() == 1);
      // growing to twice its size would take more than there is, though the body fits
      String piece = "x".repeat(1 << 16);
      for (int i = 0; i < 12; i++) {
        caller.send(piece);
        assertThat(memory()).isLessThanOrEqualTo(1 << 20);
      }
      assertThat(caller.readUntil("holds as many bytes as it may")).startsWith("HTTP/1.1 503");
    }
    await().until(() -> memory() == 0);
  }

  @Test
  void s02_without_means_a_large_body_is_refused_before_it_is_read() throws Exception {
    rig.passages.means = -1;
    for (String head : List.of("Content-Length: 33554432", "Transfer-Encoding: chunked")) {
      try (RawCaller caller = announcing(head)) {
        assertThat(caller.readUntil("insufficient_quota")).startsWith("HTTP/1.1 402");
      }
    }
    assertThat(rig.passages.checked).hasValue(2);
    assertThat(rig.passages.opened).isEmpty();
    assertThat(rig.gateway.running()).isZero();
  }

  @Test
  void s06_a_caller_with_as_many_requests_as_they_may_have_gets_429_at_once() {
    rig.close();
    rig =
        new GatewayRig(
            Map.of(),
            parts ->
                new RelayParts(
                    parts.config(),
                    parts.apiKeys(),
                    parts.requestLimits(),
                    parts.tokenLimits(),
                    _ -> new ConcurrencyLimits.Refused(ConcurrencyLimits.Scope.USER, 7),
                    parts.prices(),
                    parts.passages(),
                    parts.routing(),
                    parts.tokenCounter(),
                    parts.clients(),
                    parts.meters(),
                    parts.clock(),
                    parts.spoolFolder()),
            routes -> routes);
    HttpResponse<String> response = rig.chat(GatewayRig.request(false, ""));
    assertThat(response.statusCode()).isEqualTo(429);
    assertThat(response.body()).contains("rate_limit_exceeded").contains("limit of 7 requests");
    assertThat(response.headers().firstValue("retry-after")).contains("1");
    assertThat(rig.passages.opened).isEmpty();
  }

  @Test
  void s17_large_bodies_are_read_and_relayed_like_others() {
    rig.upstream.answersJson(200, ANSWER);
    String pad = ",\"pad\":\"" + "x".repeat(300_000) + "\"";
    assertThat(rig.chat(GatewayRig.request(false, pad)).statusCode()).isEqualTo(200);
    assertThat(rig.upstream.received.getFirst().body()).isEqualTo(GatewayRig.request(false, pad));
    assertThat(
            rig.chat(GatewayRig.request(false, pad).replace("{\"model\"", "{\"n\":0,\"model\""))
                .statusCode())
        .isEqualTo(400);
    assertThat(rig.chat("[" + "{},".repeat(100_000) + "{}]").statusCode()).isEqualTo(400);
    assertThat(rig.gateway.running()).isZero();
    assertThat(memory()).isZero();
  }

  private double memory() {
    return rig.meters.get("tollgate.relay.memory.bytes").gauge().value();
  }

  private RawCaller announcing(String header) throws java.io.IOException {
    return rig.caller()
        .send(
            "POST /v1/chat/completions HTTP/1.1\r\nHost: test\r\nAuthorization: Bearer "
                + rig.key
                + "\r\n"
                + header
                + "\r\n\r\n");
  }

  private String postWithoutKey(String query) {
    // the client's own URI would refuse such a query
    try (RawCaller caller = rig.caller()) {
      return caller
          .send(
              "POST /v1/chat/completions?"
                  + query
                  + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
          .readToEnd();
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  private void restart(Map<String, String> settings) {
    rig.close();
    rig = new GatewayRig(settings);
  }
}

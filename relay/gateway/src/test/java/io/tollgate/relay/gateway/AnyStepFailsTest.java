package io.tollgate.relay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.relay.gateway.rig.FailingCalls;
import io.tollgate.relay.gateway.rig.GatewayRig;
import io.tollgate.relay.gateway.rig.RawCaller;
import io.tollgate.relay.gateway.rig.StreamChunks;
import io.tollgate.relay.gateway.rig.TestUpstream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each call that the gateway makes for a request fails in turn, from the first to the last: the
 * caller has an answer or the end of their connection, everything that was held is given back, the
 * passage is recorded, and the next request is served.
 */
@Tag("slow")
class AnyStepFailsTest {
  private static final String ANSWER =
      "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}],"
          + "\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":1}}";

  private static final Pattern GIVING_BACK =
      Pattern.compile("Admitted.close|AccountUse.(released|failed|succeeded)");

  private enum Request {
    JSON,
    STREAM,
    LARGE,
    UNKNOWN_MODEL,
    FAILED_OVER,
    REFUSED_UPSTREAM,
    MODELS
  }

  private final FailingCalls calls = new FailingCalls();
  private final GatewayRig rig =
      new GatewayRig(Map.of("relay.body.small", "1000"), calls.around(), calls.within());
  private final TestUpstream second = rig.upstream("second", 10);

  @AfterEach
  void close() {
    second.close();
    rig.close();
  }

  @ParameterizedTest
  @EnumSource
  void whatever_fails_wherever_everything_is_given_back(Request request) throws Exception {
    rig.upstream.answers(
        received -> {
          switch (request) {
            case STREAM -> {
              received.response().setChunked(true).putHeader("content-type", "text/event-stream");
              var unused =
                  received
                      .response()
                      .end(
                          StreamChunks.content("a")
                              + StreamChunks.content("b")
                              + StreamChunks.FINISH
                              + StreamChunks.usage(3, 2)
                              + StreamChunks.DONE);
            }
            case FAILED_OVER -> {
              var unused = received.response().setStatusCode(500).end("{}");
            }
            case REFUSED_UPSTREAM -> {
              var unused = received.response().setStatusCode(400).end("{\"error\":{}}");
            }
            case JSON, LARGE, UNKNOWN_MODEL, MODELS -> {
              var unused =
                  received.response().putHeader("content-type", "application/json").end(ANSWER);
            }
          }
        });
    second.answersJson(200, ANSWER);
    for (FailingCalls.Mode mode : FailingCalls.Mode.values()) {
      int call = 1;
      while (reached(request, call, mode)) {
        call++;
      }
      assertThat(call).as("steps of " + request).isGreaterThan(5);
    }
  }

  /** Whether the request makes so many calls. */
  private boolean reached(Request request, int call, FailingCalls.Mode mode) throws Exception {
    rig.passages.opened.clear();
    rig.passages.faults.clear();
    calls.plant(call, mode);
    String answer;
    try {
      answer = answer(request);
    } catch (IOException e) {
      throw new AssertionError(
          request + " with call " + call + " failing " + mode + ": " + calls.planted(), e);
    }
    Optional<String> planted = Optional.ofNullable(calls.planted());
    calls.stop();
    String step =
        request + " with call " + call + " failing " + mode + ": " + planted.orElse("none");
    at(step).until(() -> rig.gateway.running() == 0);
    if (mode != FailingCalls.Mode.TWICE || !GIVING_BACK.matcher(planted.orElse("")).find()) {
      // what cannot be given back twice in a row is lost
      at(step).untilAsserted(() -> assertThat(calls.taken).isEmpty());
    }
    calls.taken.clear();
    assertThat(gauge("tollgate.relay.memory.bytes")).as(step).isZero();
    assertThat(gauge("tollgate.relay.reading.on")).as(step).isZero();
    assertThat(rig.gateway.readiness().problem().call()).as(step).isEmpty();
    at(step)
        .untilAsserted(
            () ->
                assertThat(rig.passages.opened)
                    .allMatch(
                        passage ->
                            passage.results.size() == 1
                                || planted.orElse("").contains("Passage.record")));
    assertThat(rig.passages.faults).as(step).isEmpty();
    if (planted.isEmpty()) {
      assertThat(answer).as(step).startsWith("HTTP/1.1 ");
      return false;
    }
    assertThat(rig.chat(GatewayRig.request(false, "")).statusCode())
        .as("the next request after " + step)
        .isIn(200, 400);
    return true;
  }

  private String answer(Request request) throws IOException {
    String body =
        switch (request) {
          case JSON, FAILED_OVER, REFUSED_UPSTREAM, MODELS -> GatewayRig.request(false, "");
          case STREAM -> GatewayRig.request(true, "");
          case LARGE -> GatewayRig.request(false, ",\"pad\":\"" + "x".repeat(5000) + "\"");
          case UNKNOWN_MODEL ->
              GatewayRig.request(false, "").replace(GatewayRig.MODEL, "gpt-nowhere");
        };
    String line = request == Request.MODELS ? "GET /v1/models" : "POST /v1/chat/completions";
    try (RawCaller caller = rig.caller()) {
      return caller
          .send(
              line
                  + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\nAuthorization: Bearer "
                  + rig.key
                  + "\r\nContent-Length: "
                  + (request == Request.MODELS ? 0 : body.length())
                  + "\r\n\r\n"
                  + (request == Request.MODELS ? "" : body))
          .readToEnd();
    }
  }

  /** There are a thousand steps, each over in a moment: so it is looked at soon and often. */
  private static ConditionFactory at(String step) {
    return await(step).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(2));
  }

  private double gauge(String name) {
    return rig.meters.get(name).gauge().value();
  }
}

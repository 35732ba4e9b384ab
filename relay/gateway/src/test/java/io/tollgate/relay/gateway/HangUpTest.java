package io.tollgate.relay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.metering.PassageResult;
import io.tollgate.relay.gateway.rig.GatewayRig;
import io.tollgate.relay.gateway.rig.RawCaller;
import io.tollgate.relay.gateway.rig.StreamChunks;
import io.tollgate.relay.gateway.rig.TestUpstream;
import io.vertx.core.http.HttpServerResponse;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class HangUpTest {
  private final List<HttpServerResponse> responses = new CopyOnWriteArrayList<>();
  private final AtomicBoolean aborted = new AtomicBoolean();
  private GatewayRig rig = new GatewayRig();

  @AfterEach
  void close() {
    assertThat(rig.passages.faults).isEmpty();
    rig.close();
  }

  @Test
  void after_a_hang_up_the_stream_is_read_on_for_its_usage() throws Exception {
    upstreamBeginsAStream();
    try (RawCaller caller = rig.calling(GatewayRig.request(true, ""))) {
      caller.readUntil("Hello");
      caller.hangUp();
    }
    noticed();
    var unused =
        responses
            .getFirst()
            .end(
                StreamChunks.content(" there")
                    + StreamChunks.FINISH
                    + StreamChunks.usage(9, 33)
                    + StreamChunks.DONE);
    assertThat(recorded())
        .returns(TokenUsage.of(9, 33), PassageResult::usage)
        .returns(499, PassageResult::httpStatus)
        .returns(true, PassageResult::reported);
    assertThat(aborted).isFalse();
  }

  @Test
  void reading_on_is_bounded_by_time_and_then_charged_as_counted() throws Exception {
    restart(Map.of("relay.hang.up.ms", "300"));
    upstreamBeginsAStream();
    try (RawCaller caller = rig.calling(GatewayRig.request(true, ""))) {
      caller.readUntil("Hello");
      caller.hangUp();
    }
    PassageResult result = recorded();
    assertThat(result.httpStatus()).isEqualTo(499);
    assertThat(result.usage())
        .isEqualTo(TokenUsage.of(rig.passages.only().request.estimate().input(), 1));
    await().untilTrue(aborted);
  }

  @Test
  void reading_on_is_bounded_by_bytes() throws Exception {
    restart(Map.of("relay.hang.up.bytes", "1000"));
    upstreamBeginsAStream();
    try (RawCaller caller = rig.calling(GatewayRig.request(true, ""))) {
      caller.readUntil("Hello");
      caller.hangUp();
    }
    noticed();
    for (int i = 0; i < 20; i++) {
      var unused = responses.getFirst().write(StreamChunks.content("Hello"));
    }
    assertThat(recorded().usage().output()).isBetween(1L, 21L);
    await().untilTrue(aborted);
  }

  @Test
  void a_caller_who_hangs_up_on_a_whole_answer_pays_for_it() throws Exception {
    rig.upstream.answers(request -> responses.add(request.response()));
    try (RawCaller caller = rig.calling(GatewayRig.request(false, ""))) {
      await().until(() -> !responses.isEmpty());
      caller.hangUp();
    }
    noticed();
    var unused =
        responses
            .getFirst()
            .putHeader("content-type", "application/json")
            .end(
                "{\"choices\":[{\"message\":{\"content\":\"Hello\"}}],"
                    + "\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":6}}");
    assertThat(recorded())
        .returns(TokenUsage.of(5, 6), PassageResult::usage)
        .returns(499, PassageResult::httpStatus);
  }

  @Test
  void a_caller_who_hangs_up_before_a_connection_is_there_pays_nothing_and_nothing_is_sent()
      throws Exception {
    // a minute each: only what follows from the hang-up ends the request while this waits
    restart(
        Map.of(
            "upstream.connect.ms", "60000",
            "relay.upstream.connection.ms", "60000",
            "relay.upstream.head.ms", "60000",
            "relay.hang.up.ms", "60000"));
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
        Socket second = new Socket(full.getInetAddress(), full.getLocalPort())) {
      assertThat(first.isConnected() && second.isConnected()).isTrue();
      rig.account("main", "http://127.0.0.1:" + full.getLocalPort() + "/v1", 0, false);
      try (RawCaller caller = rig.calling(GatewayRig.request(true, ""))) {
        await().until(() -> !rig.passages.opened.isEmpty());
        caller.hangUp();
      }
      assertThat(recorded())
          .returns(TokenUsage.NONE, PassageResult::usage)
          .returns(499, PassageResult::httpStatus);
    }
    assertThat(rig.upstream.received).isEmpty();
  }

  @Test
  void an_answer_that_does_not_come_after_a_hang_up_is_charged_for_its_input() throws Exception {
    restart(Map.of("relay.hang.up.ms", "300"));
    rig.upstream.answers(
        request -> {
          request.response().closeHandler(_ -> aborted.set(true));
          responses.add(request.response());
        });
    try (RawCaller caller = rig.calling(GatewayRig.request(false, ""))) {
      await().until(() -> !responses.isEmpty());
      caller.hangUp();
    }
    assertThat(recorded().usage())
        .isEqualTo(TokenUsage.of(rig.passages.only().request.estimate().input(), 0));
    await().untilTrue(aborted);
  }

  @Test
  void a_hang_up_before_anything_was_sent_is_free_and_sends_nothing() throws Exception {
    CompletableFuture<String> gate = new CompletableFuture<>();
    rig.passages.openGate = gate;
    try (RawCaller caller = rig.calling(GatewayRig.request(false, ""))) {
      await().until(() -> rig.gateway.running() == 1);
      caller.hangUp();
    }
    noticed();
    gate.complete("");
    assertThat(recorded())
        .returns(TokenUsage.NONE, PassageResult::usage)
        .returns(499, PassageResult::httpStatus);
    assertThat(rig.upstream.received).isEmpty();
  }

  @Test
  void an_upstream_that_fails_after_a_hang_up_is_free_and_tries_no_other() throws Exception {
    try (TestUpstream second = rig.upstream("second", 5)) {
      rig.upstream.answers(request -> responses.add(request.response()));
      try (RawCaller caller = rig.calling(GatewayRig.request(false, ""))) {
        await().until(() -> !responses.isEmpty());
        caller.hangUp();
      }
      noticed();
      var unused = responses.getFirst().setStatusCode(500).end("{}");
      assertThat(recorded().usage()).isEqualTo(TokenUsage.NONE);
      assertThat(second.received).isEmpty();
    }
  }

  private void noticed() {
    await().until(() -> rig.meters.get("tollgate.relay.reading.on").gauge().value() == 1);
  }

  private void upstreamBeginsAStream() {
    rig.upstream.answers(
        request -> {
          request.response().closeHandler(_ -> aborted.set(!request.response().ended()));
          responses.add(
              request.response().setChunked(true).putHeader("content-type", "text/event-stream"));
          var unused = responses.getFirst().write(StreamChunks.content("Hello"));
        });
  }

  private PassageResult recorded() {
    await()
        .until(
            () ->
                rig.passages.opened.size() == 1
                    && !rig.passages.only().results.isEmpty()
                    && rig.gateway.running() == 0);
    return rig.passages.only().result();
  }

  private void restart(Map<String, String> settings) {
    rig.close();
    rig = new GatewayRig(settings);
  }
}

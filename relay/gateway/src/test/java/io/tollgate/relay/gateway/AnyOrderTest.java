package io.tollgate.relay.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.gateway.rig.GatewayRig;
import io.tollgate.relay.gateway.rig.RawCaller;
import io.tollgate.relay.gateway.rig.StreamChunks;
import io.tollgate.relay.gateway.rig.TestUpstream;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Callers hang up, providers die, are silent, send errors or end early, results are not recorded,
 * in every order: each passage that was opened is recorded exactly once, and nothing is left
 * behind.
 */
class AnyOrderTest {
  private static final int REQUESTS = 96;

  @Test
  @Tag("slow")
  void a_passage_is_recorded_once_whatever_happens() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, String> settings =
        Map.of(
            "relay.upstream.head.ms", "300",
            "relay.upstream.idle.ms", "300",
            "relay.hang.up.ms", "200",
            "relay.money.ms", "1000");
    try (GatewayRig rig = new GatewayRig(settings);
        TestUpstream second = rig.upstream("second", 0);
        var callers = Executors.newVirtualThreadPerTaskExecutor()) {
      rig.passages.means = 600;
      rig.upstream.answers(request -> behave(random.split(), rig, request));
      second.answers(request -> behave(random.split(), rig, request));
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        SplittableRandom own = random.split();
        if (i == REQUESTS / 2) {
          rig.passages.recordGate =
              CompletableFuture.failedFuture(new IllegalStateException("database away"));
        } else if (i == REQUESTS / 2 + 8) {
          rig.passages.recordGate = CompletableFuture.completedFuture("");
        }
        Callable<?> caller = () -> call(rig, own);
        running.add(callers.submit(caller));
        if (i % 8 == 7) {
          for (Future<?> one : running) {
            one.get();
          }
          running.clear();
        }
      }
      await().atMost(Duration.ofSeconds(20)).until(() -> rig.gateway.running() == 0);
      await().until(() -> rig.meters.get("tollgate.relay.memory.bytes").gauge().value() == 0);
      assertThat(rig.passages.faults).as("seed %s", seed).isEmpty();
      for (var passage : rig.passages.opened) {
        assertThat(passage.results).as("seed %s, passage %s", seed, passage.id()).hasSize(1);
        TokenUsage usage = passage.result().usage();
        // the longest answer, counted by its bytes where it is said to be JSON and is not
        assertThat(usage.output()).as("seed %s", seed).isLessThanOrEqualTo(24_000);
      }
    }
  }

  private static Object call(GatewayRig rig, SplittableRandom random) throws Exception {
    boolean stream = random.nextBoolean();
    String body = GatewayRig.request(stream, random.nextBoolean() ? ",\"max_tokens\":40" : "");
    try (RawCaller caller = rig.calling(body)) {
      switch (random.nextInt(4)) {
        case 0 -> {
          Thread.yield();
          caller.hangUp();
        }
        case 1 -> {
          caller.readUntil("HTTP/1.1 ");
          caller.hangUp();
        }
        default -> {
          String answer = caller.readUntil("\r\n\r\n");
          assertThat(answer).containsIgnoringCase("x-request-id");
        }
      }
    } catch (SocketTimeoutException e) {
      throw new AssertionError("no answer came", e);
    } catch (IOException _) {
      // broken off: one of the ends there are
    }
    return "";
  }

  private static void behave(SplittableRandom random, GatewayRig rig, HttpServerRequest request) {
    boolean stream = random.nextInt(5) > 0;
    HttpServerResponse response =
        request
            .response()
            .putHeader("content-type", stream ? "text/event-stream" : "application/json");
    switch (random.nextInt(9)) {
      case 0 -> {
        var unused = request.connection().close();
      }
      case 1 -> {
        // never answers
      }
      case 2 -> {
        var unused = response.setStatusCode(random.nextBoolean() ? 500 : 400).end("{}");
      }
      case 3 -> response.setChunked(true).writeHead().onSuccess(_ -> request.connection().close());
      case 4 ->
          response
              .setChunked(true)
              .write(StreamChunks.content("Hello"))
              .onSuccess(_ -> request.connection().close());
      case 5 -> {
        var unused = response.setChunked(true).write(StreamChunks.content("Hello"));
      }
      case 6 -> {
        var unused = response.end("data: {\"error\":{\"message\":\"x\"}}\n\n");
      }
      case 7 -> {
        var unused =
            response.end(
                StreamChunks.content("one two three four").repeat(400)
                    + StreamChunks.FINISH
                    + StreamChunks.DONE);
      }
      default ->
          rig.edge
              .vertx()
              .setTimer(
                  1 + random.nextInt(30),
                  _ ->
                      response.end(
                          stream
                              ? StreamChunks.content("Hi")
                                  + StreamChunks.FINISH
                                  + StreamChunks.usage(9, 2)
                                  + StreamChunks.DONE
                              : "{\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":1}}"));
    }
  }
}

package io.tollgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SteeringTest {
  private final SandboxProvider sandbox;
  private final Caller caller;

  SteeringTest(@TempDir Path dir) {
    sandbox = SandboxProvider.start(SandboxOptions.local(0, dir));
    caller = new Caller(sandbox.port());
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @Test
  void tokens_are_billed_as_asked() {
    JsonNode usage =
        caller
            .steered("input_tokens=1000; output_tokens=50; cached_tokens=600; reasoning_tokens=20")
            .path("usage");
    assertThat(usage.path("prompt_tokens").asInt()).isEqualTo(1000);
    assertThat(usage.path("completion_tokens").asInt()).isEqualTo(50);
    assertThat(usage.at("/prompt_tokens_details/cached_tokens").asInt()).isEqualTo(600);
    assertThat(usage.at("/completion_tokens_details/reasoning_tokens").asInt()).isEqualTo(20);
  }

  @Test
  void request_limit_holds_against_steered_output() {
    JsonNode answer =
        caller.answer(
            Caller.HELLO.replace("{\"model\"", "{\"max_tokens\":7,\"model\""),
            "X-Sandbox",
            "output_tokens=50");
    assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(7);
    assertThat(answer.at("/choices/0/finish_reason").asString()).isEqualTo("length");
  }

  @Test
  void usage_is_left_out() {
    assertThat(caller.steered("no_usage").has("usage")).isFalse();
  }

  @Test
  void latency_is_waited() {
    long start = System.nanoTime();
    caller.steered("latency_ms=150");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(140));
  }

  @Test
  void chunks_are_paced() {
    long start = System.nanoTime();
    caller.chat(Caller.HELLO_STREAM, "X-Sandbox", "output_tokens=6; chunk_ms=30");
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(140));
  }

  @ParameterizedTest
  @CsvSource({"400,invalid_request_error", "429,requests", "500,server_error", "503,server_error"})
  void status_is_answered_in_openais_form(int status, String type) {
    HttpResponse<String> response =
        caller.chat(Caller.HELLO, "X-Sandbox", "status=" + status + "; retry_after=3");
    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.headers().firstValue("Retry-After")).contains("3");
    assertThat(Caller.JSON.readTree(response.body()).at("/error/type").asString()).isEqualTo(type);
  }

  @Test
  void refused_attempt_is_counted_without_tokens() {
    caller.chat(Caller.HELLO, "X-Sandbox", "status=500", "X-Request-Id", "refused");
    caller.answer(Caller.HELLO, "X-Sandbox", "output_tokens=5", "X-Request-Id", "refused");
    JsonNode served = caller.served("refused");
    assertThat(served.path("attempts").asInt()).isEqualTo(2);
    assertThat(served.path("input_tokens").asInt()).isEqualTo(9);
    assertThat(served.path("output_tokens").asInt()).isEqualTo(5);
    assertThat(served.path("completed").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {Caller.HELLO, Caller.HELLO_STREAM})
  void connection_is_cut_after_some_chunks(String body) {
    String id = body.equals(Caller.HELLO) ? "cut-whole" : "cut-stream";
    assertThatThrownBy(() -> caller.chat(body, "X-Sandbox", "abort_after=5", "X-Request-Id", id))
        .isInstanceOf(UncheckedIOException.class);
    JsonNode served = caller.served(id);
    assertThat(served.path("completed").asBoolean()).isFalse();
    assertThat(served.path("output_tokens").asInt()).isEqualTo(body.equals(Caller.HELLO) ? 0 : 5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "latency=5",
        "output_tokens",
        "status=200",
        "output_tokens=-1",
        "=",
        "status=500; status=500"
      })
  void wrong_key_or_value_is_refused(String steering) {
    HttpResponse<String> response = caller.chat(Caller.HELLO, "X-Sandbox", steering);
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("sandbox_steering");
  }

  @Test
  void unknown_key_is_answered_with_the_known_ones() {
    assertThat(caller.chat(Caller.HELLO, "X-Sandbox", "tokens=5").body())
        .contains(
            "latency_ms, output_tokens, input_tokens, cached_tokens, cache_write_tokens,"
                + " reasoning_tokens, chunk_ms, job_ms, status, retry_after, no_usage, abort_after, tool_calls,"
                + " web_searches, web_fetches, file_searches, code_sessions, map_searches, finish");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"cached_tokens=10", "output_tokens=5; reasoning_tokens=6", "output_tokens=131073"})
  void steering_that_does_not_fit_itself_is_refused(String steering) {
    assertThat(caller.chat(Caller.HELLO, "X-Sandbox", steering).statusCode()).isEqualTo(400);
  }
}

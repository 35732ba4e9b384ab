package io.tollgate.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChatStreamTest {
  private final SandboxProvider sandbox;
  private final Caller caller;

  ChatStreamTest(@TempDir Path dir) {
    sandbox = SandboxProvider.start(SandboxOptions.local(0, dir));
    caller = new Caller(sandbox.port());
  }

  @AfterAll
  void stop() {
    sandbox.close();
  }

  @Test
  void stream_has_role_content_finish_usage_and_done() {
    HttpResponse<String> response =
        caller.chat(Caller.HELLO_STREAM, "X-Sandbox", "output_tokens=3");
    List<String> events = Caller.events(response.body());

    assertThat(response.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    assertThat(events).hasSize(7);
    assertThat(events.getLast()).isEqualTo("[DONE]");
    List<JsonNode> chunks = chunks(response);
    assertThat(chunks)
        .allSatisfy(
            chunk -> {
              assertThat(chunk.path("object").asString()).isEqualTo("chat.completion.chunk");
              assertThat(chunk.path("id").asString())
                  .isEqualTo(chunks.getFirst().path("id").asString());
            });
    assertThat(chunks.get(0).at("/choices/0/delta/role").asString()).isEqualTo("assistant");
    assertThat(chunks.get(1).at("/choices/0/delta/content").asString()).isNotEmpty();
    assertThat(chunks.get(3).at("/choices/0/finish_reason").isNull()).isTrue();
    assertThat(chunks.get(4).at("/choices/0/finish_reason").asString()).isEqualTo("stop");
    assertThat(chunks.get(5).path("choices").isEmpty()).isTrue();
    assertThat(chunks.get(5).at("/usage/completion_tokens").asInt()).isEqualTo(3);
    assertThat(chunks.get(4).path("usage").isNull()).isTrue();
  }

  @Test
  void usage_comes_only_when_asked_for() {
    HttpResponse<String> unasked =
        caller.chat(Caller.HELLO_STREAM.replace("\"include_usage\":true", ""));
    HttpResponse<String> withheld = caller.chat(Caller.HELLO_STREAM, "X-Sandbox", "no_usage");

    assertThat(unasked.body()).doesNotContain("usage").endsWith("data: [DONE]\n\n");
    assertThat(withheld.body()).doesNotContain("usage").endsWith("data: [DONE]\n\n");
  }

  @Test
  void stream_says_what_the_whole_answer_says() {
    String whole = caller.answer(Caller.HELLO).at("/choices/0/message/content").asString();
    assertThat(said(caller.chat(Caller.HELLO_STREAM), 0)).isEqualTo(whole);
  }

  @Test
  void choices_are_interleaved_and_each_finishes() {
    HttpResponse<String> response =
        caller.chat(
            Caller.HELLO_STREAM.replace("{\"model\"", "{\"n\":2,\"max_tokens\":4,\"model\""));
    List<JsonNode> chunks = chunks(response);

    assertThat(chunks).hasSize(2 + 8 + 2 + 1);
    assertThat(chunks.get(2).at("/choices/0/index").asInt()).isZero();
    assertThat(chunks.get(3).at("/choices/0/index").asInt()).isEqualTo(1);
    assertThat(chunks.get(11).at("/choices/0/finish_reason").asString()).isEqualTo("length");
    assertThat(chunks.get(12).at("/usage/completion_tokens").asInt()).isEqualTo(8);
  }

  @Test
  void tool_call_streams_its_name_first_and_then_its_arguments() {
    HttpResponse<String> response =
        caller.chat(
            Caller.HELLO_STREAM.replace(
                "{\"model\"",
                "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"look\",\"parameters\":"
                    + "{\"properties\":{\"wörd\":{\"const\":\"日本\"}}}}}],\"tool_choice\":\"required\","
                    + "\"model\""));
    List<JsonNode> chunks = chunks(response);

    JsonNode first = chunks.getFirst().at("/choices/0/delta/tool_calls/0");
    assertThat(first.at("/function/name").asString()).isEqualTo("look");
    assertThat(first.path("id").asString()).startsWith("call_");
    String arguments =
        chunks.stream()
            .map(chunk -> chunk.at("/choices/0/delta/tool_calls/0/function/arguments").asString(""))
            .collect(Collectors.joining());
    assertThat(arguments).isEqualTo("{\"wörd\":\"日本\"}");
    assertThat(response.body()).contains("\"finish_reason\":\"tool_calls\"");
  }

  @Test
  void long_stream_arrives_whole() {
    HttpResponse<String> response =
        caller.chat(Caller.HELLO_STREAM, "X-Sandbox", "output_tokens=20000");
    assertThat(chunks(response)).hasSize(1 + 20_000 + 2);
  }

  @Test
  void caller_who_hangs_up_is_served_what_was_handed_over() throws IOException {
    Socket socket = caller.streaming("hung-up", "output_tokens=1000; chunk_ms=20");
    socket.close();

    await().until(() -> caller.served("hung-up").path("output_tokens").asInt() > 0);
    JsonNode served = caller.served("hung-up");
    assertThat(served.path("completed").asBoolean()).isFalse();
    assertThat(served.path("input_tokens").asInt()).isEqualTo(9);
    assertThat(served.path("output_tokens").asInt()).isBetween(1, 100);
  }

  private static List<JsonNode> chunks(HttpResponse<String> response) {
    List<String> events = Caller.events(response.body());
    return events.subList(0, events.size() - 1).stream().map(Caller.JSON::readTree).toList();
  }

  private static String said(HttpResponse<String> response, int choice) {
    return chunks(response).stream()
        .filter(chunk -> chunk.at("/choices/0/index").asInt(-1) == choice)
        .map(chunk -> chunk.at("/choices/0/delta/content").asString(""))
        .collect(Collectors.joining());
  }
}

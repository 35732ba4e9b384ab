package io.tollgate.relay.protocols.anthropic.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.anthropic.Given;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class JudgedMessagesTest {
  static final String DOCUMENT =
      """
      {"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[
        {"type":"thinking","thinking":"Hm.","signature":"c2ln"},
        {"type":"text","text":"Rain \\u00fcber all."},
        {"type":"server_tool_use","id":"srvtoolu_1","name":"web_search","input":{"query":"q"}},
        {"type":"web_search_tool_result","tool_use_id":"srvtoolu_1","content":[]},
        {"type":"tool_use","id":"toolu_1","name":"weather","input":{"town":"Paris"}}],
       "stop_reason":"tool_use","stop_sequence":null,
       "usage":{"input_tokens":12,"cache_creation_input_tokens":null,"cache_read_input_tokens":3,
        "output_tokens":40,"service_tier":"priority"}}""";

  @Test
  void a_document_for_a_caller_of_documents_is_its_own_bytes() {
    WholeAnswer answer = whole(false, DOCUMENT);
    assertThat(answer.verdict()).isEqualTo(new AnswerVerdict.Answer());
    assertThat(text(answer)).isEqualTo(DOCUMENT);
    assertThat(answer.contentType()).isEqualTo("application/json");
    // and the search that the provider made
    assertThat(answer.charged().usage())
        .isEqualTo(
            TokenUsage.builder()
                .add(UsageKind.TEXT_INPUT, 12)
                .add(UsageKind.CACHE_READ, 3)
                .add(UsageKind.TEXT_OUTPUT, 40)
                .add(UsageKind.WEB_SEARCHES, 1)
                .build());
    assertThat(answer.servedTier())
        .hasValueSatisfying(tier -> assertThat(tier.name()).isEqualTo("priority"));
  }

  @Test
  void a_document_for_a_caller_of_streams_is_a_stream_with_every_block() {
    WholeAnswer answer = whole(true, DOCUMENT);
    JsonNode message = Accumulator.message(text(answer));
    assertThat(message.get("content")).isEqualTo(Given.json(DOCUMENT).get("content"));
    assertThat(message.get("stop_reason").asString()).isEqualTo("tool_use");
    assertThat(message.get("usage").get("cache_read_input_tokens").asInt()).isEqualTo(3);
    assertThat(answer.contentType()).startsWith("text/event-stream");
  }

  @Test
  void a_stream_for_a_caller_of_documents_is_one_message() {
    JsonNode joined = Given.json(text(whole(false, Streams.AGENT)));
    JsonNode expected = Accumulator.message(Streams.AGENT);
    assertThat(joined.get("content")).isEqualTo(expected.get("content"));
    assertThat(joined.get("type").asString()).isEqualTo("message");
    assertThat(joined.get("role").asString()).isEqualTo("assistant");
    assertThat(joined.get("stop_reason").asString()).isEqualTo("tool_use");
    assertThat(joined.get("usage").get("output_tokens").asInt()).isEqualTo(58);
  }

  @Test
  void a_search_in_a_stream_is_in_the_message_too() {
    String stream =
        Streams.start("\"input_tokens\":10,\"output_tokens\":1")
            + Streams.begin(
                0,
                "{\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"web_search\",\"input\":{}}")
            + Streams.delta(0, "input_json_delta", "partial_json", "{\\\"query\\\":\\\"q\\\"}")
            + Streams.end(0)
            + Streams.begin(
                1, "{\"type\":\"web_search_tool_result\",\"tool_use_id\":\"s\",\"content\":[]}")
            + Streams.end(1)
            + Streams.begin(2, "{\"type\":\"text\",\"text\":\"Found.\"}")
            + Streams.end(2)
            + Streams.finish("end_turn", "\"output_tokens\":20")
            + Streams.STOP;
    JsonNode joined = Given.json(text(whole(false, stream)));
    assertThat(joined.get("content"))
        .isEqualTo(
            Given.json(
                """
                [{"type":"server_tool_use","id":"s","name":"web_search","input":{"query":"q"}},
                 {"type":"web_search_tool_result","tool_use_id":"s","content":[]},
                 {"type":"text","text":"Found."}]"""));
    assertThat(joined.get("stop_reason").asString()).isEqualTo("end_turn");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | no body",
        "{} | nothing of an answer in it",
        "[] | not JSON, or cut off",
        "{\"content\":[]} | nothing of an answer in it",
        "{\"content\":null,\"type\":\"message\"} | nothing of an answer in it",
        "<html>challenge</html> | not JSON, or cut off",
        "{\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"Hi | not JSON, or cut off"
      })
  void what_is_no_answer_is_told_apart_and_free(String body, String why) {
    for (boolean stream : new boolean[] {true, false}) {
      WholeAnswer answer = whole(stream, body == null ? "" : body);
      assertThat(answer.verdict()).isEqualTo(new AnswerVerdict.NoAnswer(why));
      assertThat(answer.charged().usage()).isEqualTo(TokenUsage.NONE);
    }
  }

  @Test
  void a_block_that_begins_as_nothing_is_none() {
    String stream =
        Streams.event("content_block_start", ",\"index\":0")
            + Streams.event("content_block_start", ",\"index\":1,\"content_block\":7")
            + Streams.delta(2, "text_delta", "text", "Hi")
            + Streams.finish("end_turn", "\"input_tokens\":9,\"output_tokens\":5")
            + Streams.STOP;
    assertThat(Given.json(text(whole(false, stream))).get("content"))
        .isEqualTo(Given.json("[{\"type\":\"text\",\"text\":\"Hi\"}]"));
  }

  @Test
  void a_collected_stream_that_broke_off_is_no_answer() {
    String half = Streams.AGENT.substring(0, Streams.AGENT.indexOf("event: message_delta"));
    assertThat(whole(false, half).verdict())
        .isEqualTo(new AnswerVerdict.NoAnswer("a stream that broke off"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"error\",\"error\":{\"type\":\"rate_limit_error\",\"message\":\"slow\"}} | 429 | rate_limit_error",
        "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"slow\"}} | 529 | overloaded_error",
        "{\"type\":\"error\",\"error\":{\"type\":\"authentication_error\",\"message\":\"slow\"}} | 401 | authentication_error",
        "{\"error\":{\"message\":\"slow\",\"code\":500,\"type\":\"x\"}} | 500 | x",
        "{\"error\":\"slow\"} | 502 | ",
        "{\"code\":500,\"msg\":\"slow\"} | 502 | ",
        "{\"detail\":\"slow\"} | 502 | "
      })
  void an_error_in_place_of_an_answer_has_the_status_that_it_names(
      String body, int status, @Nullable String type) {
    assertThat(whole(false, body).verdict())
        .isInstanceOfSatisfying(
            AnswerVerdict.Failed.class,
            failed -> {
              assertThat(failed.fault().status()).isEqualTo(status);
              assertThat(failed.fault().message()).isEqualTo("slow");
              assertThat(failed.fault().type().orElse(null)).isEqualTo(type);
            });
  }

  @Test
  void an_answer_without_anything_is_free_unless_a_filter_stopped_it_or_output_is_reported() {
    String empty = "{\"type\":\"message\",\"content\":[],\"stop_reason\":\"%s\",\"usage\":{%s}}";
    String zero = "\"input_tokens\":9,\"output_tokens\":0";
    assertThat(whole(false, empty.formatted("end_turn", zero)).verdict())
        .isEqualTo(new AnswerVerdict.Empty());
    assertThat(whole(false, empty.formatted("end_turn", zero)).charged().usage())
        .isEqualTo(TokenUsage.NONE);
    assertThat(whole(false, empty.formatted("refusal", zero)).verdict())
        .isEqualTo(new AnswerVerdict.Answer());
    WholeAnswer hidden =
        whole(false, empty.formatted("end_turn", "\"input_tokens\":9,\"output_tokens\":5"));
    assertThat(hidden.verdict()).isEqualTo(new AnswerVerdict.Answer());
    assertThat(hidden.charged().usage()).isEqualTo(TokenUsage.of(9, 5));
  }

  private static WholeAnswer whole(boolean stream, String body) {
    return Given.UPSTREAM
        .call(Given.request(",\"stream\":" + stream), "claude-sonnet-4-5")
        .whole(Given.utf8(body), Given.terms(9));
  }

  private static String text(WholeAnswer answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}

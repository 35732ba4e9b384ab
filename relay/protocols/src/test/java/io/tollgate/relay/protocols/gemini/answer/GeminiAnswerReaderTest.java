package io.tollgate.relay.protocols.gemini.answer;

import static io.tollgate.relay.protocols.gemini.Given.utf8;
import static io.tollgate.relay.protocols.gemini.answer.Chunks.chunk;
import static io.tollgate.relay.protocols.gemini.answer.Chunks.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.ServiceTier;
import io.tollgate.relay.protocols.conversation.AnswerReader.Kind;
import io.tollgate.relay.protocols.gemini.Given;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiAnswerReaderTest {
  private final GeminiAnswerReader reader = new GeminiAnswerReader(Given.terms());
  private final Told told = new Told();

  @Test
  void texts_that_follow_one_another_are_pieces_of_one_part() {
    assertThat(event(chunk(text("Hel"), "", ""))).isEqualTo(Kind.ANSWER);
    event(chunk(text("lo") + "," + text(" \\u00e9t\\u00e9"), "", ""));
    event(chunk(text(""), "STOP", ""));
    assertThat(told.lines())
        .containsExactly("0 text", "0 + Hel", "0 + lo", "0 +  été", "0 ended", "END");
  }

  @Test
  void thoughts_come_before_words_and_keep_their_signature() {
    event(chunk("{\"text\":\"Hm\",\"thought\":true}", "", ""));
    event(chunk("{\"text\":\"m\",\"thought\":true,\"thoughtSignature\":\"U2ln\"}", "", ""));
    event(chunk("{\"text\":\"Yes\",\"thoughtSignature\":\"V29yZHM=\"}", "STOP", ""));
    assertThat(told.lines())
        .containsExactly(
            "0 thinking",
            "0 + Hm",
            "0 + m",
            "0 signed gemini U2ln",
            "0 ended",
            "1 text",
            "1 + Yes",
            "1 ended",
            "END");
  }

  @Test
  void calls_come_whole_in_parallel_with_ids_made_where_there_are_none() {
    event(
        chunk(
            text("Look")
                + ",{\"functionCall\":{\"name\":\"weather\",\"args\":{\"city\": \"Paris \\\"x\\\"\"}},\"thoughtSignature\":\"U2ln\"}"
                + ",{\"functionCall\":{\"name\":\"time\",\"id\":\"own\"}}",
            "",
            ""));
    event(chunk("{\"functionCall\":{\"name\":\"time\",\"args\":{}}}", "STOP", ""));
    assertThat(told.lines())
        .containsExactly(
            "0 text",
            "0 + Look",
            "0 ended",
            "1 call call_000070008000000000000001_0 weather",
            "1 + {\"city\": \"Paris \\\"x\\\"\"}",
            "1 signed gemini U2ln",
            "1 ended",
            "2 call own time",
            "2 ended",
            "3 call call_000070008000000000000001_1 time",
            "3 + {}",
            "3 ended",
            "TOOL_CALLS");
  }

  @Test
  void pictures_and_code_are_parts() {
    event(
        chunk(
            "{\"executableCode\":{\"language\":\"PYTHON\",\"code\":\"print(1)\"}},"
                + "{\"codeExecutionResult\":{\"outcome\":\"OUTCOME_OK\",\"output\":\"1\"}},"
                + "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"}}",
            "STOP",
            ""));
    assertThat(told.lines())
        .containsExactly(
            "0 text",
            "0 + print(1)",
            "0 + 1",
            "0 ended",
            "1 produced image/png AAAA",
            "1 ended",
            "END");
  }

  @ParameterizedTest
  @CsvSource({
    "STOP, END",
    "MAX_TOKENS, LENGTH",
    "SAFETY, FILTERED",
    "RECITATION, FILTERED",
    "LANGUAGE, FILTERED",
    "BLOCKLIST, FILTERED",
    "PROHIBITED_CONTENT, FILTERED",
    "SPII, FILTERED",
    "IMAGE_SAFETY, FILTERED",
    "IMAGE_PROHIBITED_CONTENT, FILTERED",
    "IMAGE_RECITATION, FILTERED",
    "IMAGE_OTHER, FILTERED",
    "OTHER, OTHER",
    "MALFORMED_FUNCTION_CALL, OTHER",
    "UNEXPECTED_TOOL_CALL, OTHER",
    "SOMETHING_NEW, OTHER"
  })
  void each_reason_has_its_meaning(String word, String reason) {
    event(chunk(text("a"), word, ""));
    assertThat(told.lines()).last().isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(strings = {"OTHER", "MALFORMED_FUNCTION_CALL", "NO_IMAGE", "SOMETHING_NEW"})
  void an_end_that_explains_nothing_without_content_is_no_answer(String word) {
    assertThat(event("{\"candidates\":[{\"finishReason\":\"" + word + "\",\"index\":0}]}"))
        .isEqualTo(Kind.ANSWER);
    assertThat(told.lines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "FINISH_REASON_UNSPECIFIED"})
  void an_empty_reason_is_no_end(String word) {
    event(
        chunk(text("a"), "", "")
            .replace("\"index\"", "\"finishReason\":\"" + word + "\",\"index\""));
    assertThat(told.lines()).containsExactly("0 text", "0 + a");
  }

  @Test
  void a_blocked_prompt_is_a_filtered_answer_once() {
    String blocked =
        "{\"promptFeedback\":{\"blockReason\":\"PROHIBITED_CONTENT\"},\"usageMetadata\":{\"promptTokenCount\":9,\"totalTokenCount\":9}}";
    assertThat(event(blocked)).isEqualTo(Kind.ANSWER);
    event("{\"usageMetadata\":{\"promptTokenCount\":9,\"totalTokenCount\":9}}");
    event("{\"usageMetadata\":{\"promptTokenCount\":9,\"totalTokenCount\":9}}");
    assertThat(told.lines()).containsExactly("FILTERED");
  }

  @Test
  void several_candidates_end_when_each_has() {
    event(
        "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"index\":0},{\"content\":{\"parts\":[{\"text\":\"b\"}]},\"index\":1}]}");
    event("{\"candidates\":[{\"finishReason\":\"STOP\",\"index\":1}]}");
    assertThat(told.lines()).doesNotContain("END");
    event("{\"candidates\":[{\"finishReason\":\"STOP\",\"index\":0}]}");
    assertThat(told.lines()).last().isEqualTo("END");
  }

  @Test
  void an_array_of_chunks_reads_as_one_document() {
    byte[] document =
        utf8("[" + chunk(text("a"), "", "") + ",\n" + chunk(text("b"), "STOP", "") + "]");
    assertThat(reader.document(document, 0, document.length, told)).isEqualTo(Kind.ANSWER);
    assertThat(told.lines()).containsExactly("0 text", "0 + a", "0 + b", "0 ended", "END");
  }

  @Test
  void a_document_that_does_not_say_why_it_ended_has_ended() {
    byte[] document = utf8(chunk(text("a"), "", ""));
    reader.document(document, 0, document.length, told);
    assertThat(told.lines()).containsExactly("0 text", "0 + a", "0 ended", "OTHER");
  }

  @Test
  void a_chunk_that_breaks_off_tells_nothing_and_what_follows_is_read_on() {
    event(chunk(text("a"), "", ""));
    assertThat(
            event(
                "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"lost\",\"thought\":true}]}"))
        .isEqualTo(Kind.UNREADABLE);
    event(chunk(text("b"), "STOP", ""));
    assertThat(told.lines()).containsExactly("0 text", "0 + a", "0 + b", "0 ended", "END");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"error":{"code":503,"message":"Overloaded at relay-7.upstream.example","status":"UNAVAILABLE"}} | 503 UNAVAILABLE Overloaded at [address]
          [{"error":{"code":429,"message":"Quota of projects/1234 is used up","status":"RESOURCE_EXHAUSTED","details":[{"x":"acct-west-2"}]}}] | 429 RESOURCE_EXHAUSTED Quota of projects/[project] is used up
          {"error":"went wrong"}                 | 502 - went wrong
          {"error":{"code":7,"message":"odd"}}   | 502 - odd
          {"code":500,"message":"system error"}  | 500 - system error
          """)
  void an_error_is_told_cleaned(String chunk, String told) {
    assertThat(event(chunk)).isEqualTo(Kind.ERROR);
    assertThat(this.told.lines()).containsExactly(told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "[7,null]",
        "{\"candidates\":null}",
        "{\"candidates\":[]}",
        "{\"candidates\":[{}]}",
        "{\"candidates\":[null]}",
        "{\"candidates\":{}}",
        "{\"candidates\":[{\"content\":null,\"finishReason\":null}]}",
        "{\"candidates\":[{\"content\":{\"role\":\"model\"}}]}",
        "{\"error\":null,\"responseId\":\"x\"}"
      })
  void what_says_nothing_is_nothing(String chunk) {
    assertThat(event(chunk)).isEqualTo(Kind.NOTHING);
    assertThat(told.lines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[DONE]", "<html>", "\"text\"", "null", "{\"candidates\":["})
  void what_is_no_json_is_unreadable(String chunk) {
    assertThat(event(chunk)).isEqualTo(Kind.UNREADABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "serviceTier, priority, priority",
    "serviceTier, STANDARD, standard",
    "trafficType, ON_DEMAND, standard",
    "trafficType, ON_DEMAND_FLEX, flex",
    "trafficType, PROVISIONED_THROUGHPUT, standard"
  })
  void the_tier_that_served_is_named_with_the_usage(String name, String word, String tier) {
    event(chunk(text("a"), "STOP", Chunks.usage("\"" + name + "\":\"" + word + "\"")));
    assertThat(reader.tier()).contains(new ServiceTier(tier));
  }

  private Kind event(String data) {
    // in the middle of an array, as it comes from a stream
    byte[] bytes = utf8("data: " + data + "\n\n");
    return reader.event(bytes, 6, bytes.length - 2, told);
  }

  List<String> lines() {
    return told.lines();
  }
}

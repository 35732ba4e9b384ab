package io.tollgate.relay.protocols.responses.request;

import static io.tollgate.relay.protocols.responses.Said.request;
import static io.tollgate.relay.protocols.responses.Said.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.conversation.CacheMark;
import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.Hints;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.OutputFormat;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Reasoning;
import io.tollgate.relay.protocols.conversation.Sampling;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.conversation.ToolChoice;
import io.tollgate.relay.protocols.conversation.Turn;
import io.tollgate.relay.protocols.conversation.Turn.Role;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests told in no protocol's words, and back. */
class ConversationTest {
  private static final JsonMapper JSON = new JsonMapper();

  /** Everything that both sides know; what the writer makes of it is the same once more. */
  private static final String WHOLE =
      """
      {"model":"gpt-5","instructions":"Be \\"brief\\"\\n\\u2026",
       "input":[
        {"type":"message","role":"user","content":[
          {"type":"input_text","text":"Look 🌍"},
          {"type":"input_image","image_url":"data:image/png;base64,iVBORw0K","detail":"high"},
          {"type":"input_image","image_url":"https://a.example/b.png","detail":"auto"},
          {"type":"input_file","filename":"a.pdf","file_data":"data:application/pdf;base64,JVBE"},
          {"type":"input_file","file_url":"https://a.example/c.pdf"},
          {"type":"input_audio","input_audio":{"data":"UklG","format":"wav"}}]},
        {"type":"reasoning","summary":[{"type":"summary_text","text":"Think"}],"encrypted_content":"gAAA"},
        {"type":"reasoning","summary":[],"encrypted_content":"gBBB"},
        {"type":"message","role":"assistant","content":[
          {"type":"output_text","text":"I look"},{"type":"refusal","refusal":"No"}]},
        {"type":"function_call","call_id":"call_1","name":"f","arguments":"{\\"a\\":1}"},
        {"type":"function_call","call_id":"call_2","name":"g","arguments":"{}"},
        {"type":"function_call_output","call_id":"call_1","output":"4"},
        {"type":"function_call_output","call_id":"call_2","output":[
          {"type":"input_text","text":"see"},
          {"type":"input_image","image_url":"data:image/jpeg;base64,/9j/","detail":"auto"}]},
        {"type":"message","role":"system","content":[{"type":"input_text","text":"Now quick"}]},
        {"type":"message","role":"user","content":[{"type":"input_text","text":"And?"}]}],
       "tools":[{"type":"function","name":"f","description":"does","parameters":{"type":"object",
          "properties":{"a":{"type":"integer"}}},"strict":true},
        {"type":"function","name":"g","parameters":{"type":"object","properties":{}},"strict":false}],
       "tool_choice":{"type":"function","name":"f"},"parallel_tool_calls":false,
       "max_output_tokens":400,"temperature":0.5,"top_p":0.95,
       "text":{"format":{"type":"json_schema","name":"answer","schema":{"type":"object"},"strict":true}},
       "reasoning":{"effort":"high","summary":"auto"},"store":false,
       "include":["reasoning.encrypted_content"],"safety_identifier":"u1","prompt_cache_key":"k1",
       "stream":true}
      """;

  @Test
  void a_request_that_is_told_and_written_anew_asks_for_the_same() {
    ConversationWriter writer =
        new ConversationWriter(request(WHOLE).conversation(), "gpt-5", ThinkingTable.USUAL, true);
    assertThat(tree(writer.body())).isEqualTo(JSON.readTree(WHOLE));
    assertThat(writer.dropped()).isEmpty();
  }

  @Test
  void turns_hold_what_one_side_says_at_a_time() {
    Conversation told = request(WHOLE).conversation();
    assertThat(told.system()).containsExactly(words("Be \"brief\"\n…"));
    assertThat(told.turns())
        .extracting(Turn::role)
        .containsExactly(Role.USER, Role.ASSISTANT, Role.USER, Role.SYSTEM, Role.USER);
    assertThat(told.turns().get(1).parts())
        .containsExactly(
            new Part.Thinking(JsonString.of("Think"), Optional.of(sealed("gAAA"))),
            new Part.RedactedThinking(sealed("gBBB")),
            words("I look"),
            new Part.Refusal(JsonString.of("No")),
            new Part.ToolCall(
                JsonString.of("call_1"),
                JsonString.of("f"),
                JsonString.of("{\"a\":1}"),
                Optional.empty(),
                CacheMark.NONE),
            new Part.ToolCall(
                JsonString.of("call_2"),
                JsonString.of("g"),
                JsonString.of("{}"),
                Optional.empty(),
                CacheMark.NONE));
    Part.ToolResult result = (Part.ToolResult) told.turns().get(2).parts().get(1);
    assertThat(result.name()).isEqualTo(JsonString.of("g"));
    assertThat(((Part.Image) result.content().get(1)).media())
        .isEqualTo(new Media.Inline("image/jpeg", JsonString.of("/9j/")));
    assertThat(told.reasoning()).isEqualTo(new Reasoning.Level(Reasoning.Effort.HIGH, true));
    assertThat(told.sampling().temperature()).contains(new BigDecimal("0.5"));
    assertThat(told.hints())
        .isEqualTo(
            new Hints(
                Optional.of(JsonString.of("u1")), Optional.of(JsonString.of("k1")), List.of()));
  }

  @Test
  void a_text_alone_is_one_turn_and_system_messages_before_it_are_instructions() {
    Conversation text = request("{\"model\":\"m\",\"input\":\"Hi\"}").conversation();
    assertThat(text.turns()).containsExactly(new Turn(Role.USER, List.of(words("Hi"))));
    Conversation items =
        request(
                "{\"model\":\"m\",\"instructions\":\"A\",\"input\":[{\"role\":\"developer\",\"content\":\"B\"},"
                    + "{\"role\":\"user\",\"content\":\"Hi\"}]}")
            .conversation();
    assertThat(items.system()).containsExactly(words("A"), words("B"));
    assertThat(
            tree(new ConversationWriter(items, "m", ThinkingTable.USUAL, true).body())
                .get("instructions")
                .asString())
        .isEqualTo("A\n\nB");
  }

  @Test
  void thoughts_of_another_provider_come_back_to_it() {
    Conversation told =
        request(
                "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":\"a\"},{\"type\":\"reasoning\",\"summary\":"
                    + "[{\"type\":\"summary_text\",\"text\":\"Hm\"}],\"encrypted_content\":\"tg1.anthropic.Eq==\"}]}")
            .conversation();
    assertThat(told.turns().get(1).parts())
        .containsExactly(
            new Part.Thinking(
                JsonString.of("Hm"),
                Optional.of(new Signature(Protocol.ANTHROPIC, JsonString.of("Eq==")))));
    // and are not shown to one of this protocol
    assertThat(text(new ConversationWriter(told, "m", ThinkingTable.USUAL, true).body()))
        .doesNotContain("Hm", "Eq==");
  }

  @Test
  void tools_that_are_not_allowed_now_are_not_told() {
    Conversation told =
        request(
                "{\"model\":\"m\",\"input\":\"x\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"},"
                    + "{\"type\":\"function\",\"name\":\"g\"}],\"tool_choice\":{\"type\":\"allowed_tools\","
                    + "\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"name\":\"g\"}]}}")
            .conversation();
    assertThat(told.tools()).extracting(tool -> tool.name().text()).containsExactly("g");
    assertThat(told.toolChoice()).isEqualTo(new ToolChoice.Any());
  }

  @Test
  void hints_without_a_place_elsewhere_are_named() {
    Conversation told =
        request(
                "{\"model\":\"m\",\"input\":\"x\",\"metadata\":{\"a\":\"b\"},\"store\":true,"
                    + "\"service_tier\":\"flex\",\"truncation\":\"auto\",\"text\":{\"verbosity\":\"low\"},"
                    + "\"bad\\r\\nname\":1,\"user\":\"u\"}")
            .conversation();
    assertThat(told.hints().others())
        .containsExactly("store", "text.verbosity", "metadata", "service_tier", "truncation");
    assertThat(told.hints().user()).contains(JsonString.of("u"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          "input":"x","previous_response_id":"resp_1"              | previous_response_id
          "input":"x","conversation":"conv_1"                      | conversation
          "input":"x","prompt":{"id":"p"}                          | prompt
          "input":"x","background":true                            | background
          "input":"x","top_logprobs":2                             | top_logprobs
          "input":"x","include":["message.output_text.logprobs"]   | include[0]
          "input":"x","tools":[{"type":"web_search"}]              | tools[0].type
          "input":"x","tools":[{"type":"custom","name":"c"}]       | tools[0].type
          "input":"x","tool_choice":{"type":"file_search"}         | tool_choice.type
          "input":"x","tool_choice":"maybe"                        | tool_choice
          "input":[{"type":"web_search_call","id":"ws_1"}]         | input[0].type
          "input":[{"type":"item_reference","id":"msg_1"}]         | input[0].type
          "input":[{"role":"user","content":[{"type":"input_file","file_id":"f"}]}]  | input[0].content[0].file_id
          "input":[{"role":"user","content":[{"type":"input_image","image_url":"ftp://x"}]}] | input[0].content[0].image_url
          "input":[{"role":"user","content":[{"type":"input_video"}]}] | input[0].content[0].type
          "input":[{"role":"user","content":[{"type":"input_audio","input_audio":{"data":"UklG","format":"ogg"}}]}] | input[0].content[0].input_audio.format
          "input":[{"role":"user","content":7}]                    | input[0].content
          "input":[{"type":"function_call","call_id":"c","name":"f","arguments":"[]"}] | input[0].arguments
          "input":[{"role":"system","content":[{"type":"input_image","image_url":"https://a/b"}]}] | input[0].content
          "input":"x","temperature":3                              | temperature
          "input":"x","temperature":1e-999999999                   | temperature
          "input":"x","top_p":"a"                                  | top_p
          "input":"x","reasoning":{"effort":"huge"}                | reasoning.effort
          "input":"x","text":{"format":{"type":"grammar"}}         | text.format.type
          "input":"x","text":{"format":{"type":"json_schema","name":"a"}} | text.format.schema
          "input":"x","parallel_tool_calls":"no"                   | parallel_tool_calls
          """)
  void what_only_this_protocol_has_or_is_wrong_is_refused_by_its_name(
      String members, String parameter) {
    ResponsesRequest request = request("{\"model\":\"m\"," + members + "}");
    assertThatThrownBy(request::conversation)
        .isInstanceOfSatisfying(
            RequestFault.class, fault -> assertThat(fault.param()).contains(parameter))
        .hasMessageContaining("(expected: ");
  }

  @Test
  void what_a_response_cannot_be_told_and_changes_it_is_refused() {
    assertThatThrownBy(() -> write(sampling(List.of(JsonString.of("END")), null)))
        .hasMessageStartingWith("stop: given");
    assertThatThrownBy(() -> write(sampling(List.of(), new BigDecimal("0.5"))))
        .hasMessageStartingWith("frequency_penalty: 0.5 (expected: 0");
    ConversationWriter writer = write(sampling(List.of(), BigDecimal.ZERO));
    assertThat(writer.dropped()).containsExactly("top_k", "seed");
  }

  @Test
  void models_that_do_not_think_are_not_told_how_much() {
    Conversation told =
        request("{\"model\":\"m\",\"input\":\"x\",\"reasoning\":{\"effort\":\"low\"}}")
            .conversation();
    ConversationWriter writer =
        new ConversationWriter(told, "gpt-4o-mini", ThinkingTable.USUAL, true);
    assertThat(tree(writer.body()).propertyNames())
        .containsExactlyInAnyOrder("model", "input", "store", "stream");
    assertThat(writer.dropped()).containsExactly("reasoning");
    assertThat(writer.keepsThoughts()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"1024,low", "2048,low", "4096,medium", "8192,medium", "8193,high", "100000,high"})
  void a_budget_becomes_the_effort_that_comes_nearest(long tokens, String effort) {
    Conversation told = with(Sampling.UNSAID, new Reasoning.Budget(tokens, true), Hints.NONE);
    JsonNode reasoning =
        tree(new ConversationWriter(told, "o3", ThinkingTable.USUAL, true).body()).get("reasoning");
    assertThat(reasoning.toString())
        .isEqualTo("{\"effort\":\"" + effort + "\",\"summary\":\"auto\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "gpt-5.1,none",
    "gpt-5,minimal",
    "openai/gpt-5-mini-2025-08-07,minimal",
    "ft:o3-mini,low",
    "gpt-5-codex,low",
    "my-model,none"
  })
  void a_model_that_is_to_think_nothing_thinks_the_least_that_it_can(String model, String effort) {
    Conversation told = with(Sampling.UNSAID, new Reasoning.Off(), Hints.NONE);
    JsonNode reasoning =
        tree(new ConversationWriter(told, model, ThinkingTable.USUAL, true).body())
            .get("reasoning");
    assertThat(reasoning.toString()).isEqualTo("{\"effort\":\"" + effort + "\"}");
  }

  @Test
  void names_that_are_too_long_for_openai_are_left_out_and_told() {
    JsonString name = JsonString.of("u".repeat(65));
    ConversationWriter writer =
        new ConversationWriter(
            with(
                Sampling.UNSAID,
                new Reasoning.Unsaid(),
                new Hints(Optional.of(name), Optional.of(name), List.of("metadata"))),
            "gpt-5",
            ThinkingTable.USUAL,
            true);
    assertThat(text(writer.body())).doesNotContain("uuu");
    assertThat(writer.dropped()).containsExactly("metadata", "user", "prompt_cache_key");
  }

  @Test
  void a_limit_below_what_openai_takes_is_raised_to_it() {
    Conversation told =
        request("{\"model\":\"m\",\"input\":\"x\",\"max_output_tokens\":1}").conversation();
    assertThat(
            tree(new ConversationWriter(told, "m", ThinkingTable.USUAL, true).body())
                .get("max_output_tokens")
                .asInt())
        .isEqualTo(16);
  }

  @Test
  void a_document_of_words_is_told_as_words() {
    Conversation told =
        new Conversation(
            List.of(),
            List.of(
                new Turn(
                    Role.USER,
                    List.of(
                        new Part.Document(
                            new Media.Words(JsonString.of("line")),
                            Optional.of(JsonString.of("notes.txt")),
                            CacheMark.FIVE_MINUTES)))),
            List.of(),
            new ToolChoice.Unsaid(),
            Optional.empty(),
            OptionalLong.empty(),
            Sampling.UNSAID,
            new OutputFormat.Json(),
            new Reasoning.Unsaid(),
            false,
            Hints.NONE);
    assertThat(text(new ConversationWriter(told, "gpt-4o", ThinkingTable.USUAL, true).body()))
        .isEqualTo(
            "{\"model\":\"gpt-4o\",\"input\":[{\"type\":\"message\",\"role\":\"user\",\"content\":["
                + "{\"type\":\"input_text\",\"text\":\"notes.txt\"},"
                + "{\"type\":\"input_text\",\"text\":\"line\"}]}],"
                + "\"text\":{\"format\":{\"type\":\"json_object\"}},\"store\":false,\"stream\":false}");
  }

  private static ConversationWriter write(Sampling sampling) {
    ConversationWriter writer =
        new ConversationWriter(
            with(sampling, new Reasoning.Unsaid(), Hints.NONE), "m", ThinkingTable.USUAL, true);
    assertThat(writer.body()).isNotEmpty();
    return writer;
  }

  private static Sampling sampling(
      List<JsonString> stop, @org.jspecify.annotations.Nullable BigDecimal penalty) {
    return new Sampling(
        Optional.empty(),
        Optional.empty(),
        OptionalLong.of(40),
        stop,
        OptionalLong.of(7),
        Optional.ofNullable(penalty),
        Optional.empty());
  }

  private static Conversation with(Sampling sampling, Reasoning reasoning, Hints hints) {
    return new Conversation(
        List.of(),
        List.of(new Turn(Role.USER, List.of(words("x")))),
        List.of(),
        new ToolChoice.Unsaid(),
        Optional.empty(),
        OptionalLong.empty(),
        sampling,
        new OutputFormat.Free(),
        reasoning,
        false,
        hints);
  }

  private static Part words(String text) {
    return new Part.Text(JsonString.of(text), CacheMark.NONE);
  }

  private static Signature sealed(String text) {
    return new Signature(Protocol.RESPONSES, JsonString.of(text));
  }

  private static JsonNode tree(byte[] body) {
    return JSON.readTree(body);
  }
}

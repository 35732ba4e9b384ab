package io.tollgate.relay.protocols.anthropic.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.anthropic.Given;
import io.tollgate.relay.protocols.conversation.CacheMark;
import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.OutputFormat;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Reasoning;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.conversation.ToolChoice;
import io.tollgate.relay.protocols.conversation.Turn;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationTest {
  @Test
  void an_agents_request_becomes_a_conversation_in_no_protocols_words() {
    Conversation asked = Given.parsed(Requests.AGENT).conversation();
    assertThat(asked.system())
        .containsExactly(
            new Part.Text(JsonString.of("Be brief."), CacheMark.NONE),
            new Part.Text(JsonString.of("You are an agent."), CacheMark.ONE_HOUR));
    assertThat(asked.turns())
        .extracting(Turn::role)
        .containsExactly(Turn.Role.USER, Turn.Role.ASSISTANT, Turn.Role.USER, Turn.Role.SYSTEM);
    assertThat(asked.turns().get(0).parts())
        .containsExactly(
            text("Look:"),
            new Part.Image(
                new Media.Inline("image/png", JsonString.of("QUJD")),
                Optional.empty(),
                CacheMark.NONE),
            new Part.Image(
                new Media.Address(JsonString.of("https://x.test/y.png")),
                Optional.empty(),
                CacheMark.NONE),
            new Part.Document(
                new Media.Words(JsonString.of("words")),
                Optional.of(JsonString.of("notes")),
                CacheMark.FIVE_MINUTES));
    assertThat(asked.turns().get(1).parts())
        .containsExactly(
            new Part.Thinking(JsonString.of("Hm."), Optional.of(ours("c2ln"))),
            new Part.RedactedThinking(ours("ZGF0YQ==")),
            text("I look."),
            new Part.ToolCall(
                JsonString.of("toolu_1"),
                JsonString.of("weather"),
                JsonString.of("{\"town\": \"Paris\"}"),
                Optional.empty(),
                CacheMark.NONE),
            new Part.ToolCall(
                JsonString.of("toolu_2"),
                JsonString.of("look"),
                JsonString.of("{}"),
                Optional.empty(),
                CacheMark.NONE));
    assertThat(asked.turns().get(2).parts())
        .containsExactly(
            new Part.ToolResult(
                JsonString.of("toolu_1"),
                JsonString.of("weather"),
                List.of(text("rain")),
                true,
                CacheMark.NONE),
            new Part.ToolResult(
                JsonString.of("toolu_2"),
                JsonString.of("look"),
                List.of(
                    text("seen"),
                    new Part.Image(
                        new Media.Inline("image/jpeg", JsonString.of("QUJD")),
                        Optional.empty(),
                        CacheMark.NONE)),
                false,
                CacheMark.NONE),
            text("And now?"));
    assertThat(asked.tools()).hasSize(2);
    assertThat(asked.tools().getFirst().name()).isEqualTo(JsonString.of("weather"));
    assertThat(asked.tools().getFirst().cache()).isEqualTo(CacheMark.FIVE_MINUTES);
    assertThat(asked.toolChoice()).isEqualTo(new ToolChoice.Named(JsonString.of("weather")));
    assertThat(asked.parallelCalls()).contains(false);
    assertThat(asked.maxOutputTokens()).hasValue(4000);
    assertThat(asked.sampling().temperature()).contains(new BigDecimal("0.5"));
    assertThat(asked.sampling().topP()).contains(new BigDecimal("0.9"));
    assertThat(asked.sampling().topK()).hasValue(40);
    assertThat(asked.sampling().stop()).containsExactly(JsonString.of("END"));
    assertThat(asked.hints().user()).contains(JsonString.of("u-1"));
    assertThat(asked.hints().others()).containsExactly("inference_geo");
    assertThat(asked.stream()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000} | Budget[tokens=2000, shown=true]",
        "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":2000,\"display\":\"omitted\"} | Budget[tokens=2000, shown=false]",
        "\"thinking\":{\"type\":\"adaptive\"} | Adaptive[shown=true]",
        "\"thinking\":{\"type\":\"adaptive\"},\"output_config\":{\"effort\":\"xhigh\"} | Level[effort=XHIGH, shown=true]",
        "\"output_config\":{\"effort\":\"low\"} | Level[effort=LOW, shown=true]",
        "\"thinking\":{\"type\":\"disabled\"} | Off[]",
        "\"thinking\":{\"type\":\"between_tools\"} | Off[]",
        "\"thinking\":null | Unsaid[]"
      })
  void how_much_to_think_is_read(String more, String reasoning) {
    Reasoning read = Given.request("," + more).conversation().reasoning();
    assertThat(read).hasToString(reasoning);
  }

  @Test
  void a_schema_is_read_where_it_stands_today_and_where_it_stood() {
    String format = "{\"type\":\"json_schema\",\"schema\":{\"type\":\"object\"}}";
    for (String more :
        new String[] {
          ",\"output_config\":{\"format\":" + format + "}", ",\"output_format\":" + format
        }) {
      assertThat(Given.request(more).conversation().format())
          .isInstanceOfSatisfying(
              OutputFormat.Schema.class,
              schema -> assertThat(schema.schema().byName()).containsKey("type"));
    }
  }

  @Test
  void a_mark_for_the_whole_request_is_its_last_parts() {
    Conversation asked =
        Given.request(",\"cache_control\":{\"type\":\"ephemeral\"}").conversation();
    assertThat(asked.turns().getLast().parts().getLast().cache()).isEqualTo(CacheMark.FIVE_MINUTES);
  }

  @Test
  void what_another_provider_thought_is_its_own_again() {
    Conversation asked =
        Given.messages(
                """
                [{"role":"user","content":"x"},{"role":"assistant","content":[
                  {"type":"thinking","thinking":"t","signature":"tg1.responses.r1"},
                  {"type":"tool_use","id":"c1","name":"n","input":{}},
                  {"type":"redacted_thinking","data":"tg1.gemini.g1"}]},
                 {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1"}]}]""",
                "")
            .conversation();
    assertThat(asked.turns().get(1).parts())
        .containsExactly(
            new Part.Thinking(
                JsonString.of("t"),
                Optional.of(new Signature(Protocol.RESPONSES, JsonString.of("r1")))),
            new Part.ToolCall(
                JsonString.of("c1"),
                JsonString.of("n"),
                JsonString.of("{}"),
                Optional.of(new Signature(Protocol.GEMINI, JsonString.of("g1"))),
                CacheMark.NONE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"mcp_servers\":[] | mcp_servers: given (expected: nothing, as the model is not one of Anthropic's)",
        "\"tools\":[{\"type\":\"web_search_20250305\",\"name\":\"w\"}] | tools.0: of type web_search_20250305, which only Anthropic's models know (expected: a tool with an input_schema)",
        "\"tools\":[{\"name\":\"w\"}] | tools.0.input_schema: missing (expected: a JSON schema)",
        "\"tools\":[{\"input_schema\":{}}] | tools.0.name: missing (expected: the name of the tool)",
        "\"tool_choice\":{\"type\":\"maybe\"} | tool_choice: type maybe (expected: auto, any, tool or none)",
        "\"temperature\":1.5 | temperature: 1.5 (expected: a number, 0 to 1)",
        "\"temperature\":\"hot\" | temperature: a string (expected: a number, 0 to 1)",
        "\"temperature\":1e999999999 | temperature: 1e999999999 (expected: a number, 0 to 1)",
        "\"top_k\":-1 | top_k: -1 (expected: a whole number >= 0)",
        "\"stop_sequences\":\"x\" | stop_sequences: a string (expected: an array)",
        "\"thinking\":{\"type\":\"enabled\"} | thinking.budget_tokens: missing (expected: a whole number >= 1024)",
        "\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":5} | thinking.budget_tokens: 5 (expected: a whole number >= 1024)",
        "\"output_config\":{\"format\":{\"type\":\"xml\"}} | output_config.format: type xml (expected: json_schema)",
        "\"output_config\":{\"effort\":\"huge\"} | output_config.effort: huge (expected: low, medium, high, xhigh or max)",
        "\"cache_control\":{\"ttl\":\"2h\"} | cache_control: ttl 2h (expected: 5m or 1h)"
      })
  void what_only_anthropic_has_or_nobody_is_refused_by_name(String more, String sentence) {
    assertThatThrownBy(() -> Given.request("," + more).conversation())
        .isInstanceOf(RequestFault.class)
        .hasMessage(sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "user | {\"type\":\"server_tool_use\",\"id\":\"s\",\"name\":\"w\",\"input\":{}} | which only Anthropic's models know",
        "user | {\"type\":\"tool_use\",\"id\":\"s\",\"name\":\"w\",\"input\":{}} | in a message of the assistant",
        "assistant | {\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"https://x/y\"}} | in a message of the user",
        "user | {\"type\":\"image\",\"source\":{\"type\":\"file\",\"file_id\":\"f\"}} | which only Anthropic's models know",
        "user | {\"type\":\"image\",\"source\":{\"type\":\"url\",\"url\":\"file:///etc\"}} | http or https",
        "assistant | {\"type\":\"tool_use\",\"id\":\"s\",\"name\":\"w\",\"input\":\"x\"} | input: a string (expected: an object)"
      })
  void blocks_that_cannot_be_told_to_others_are_refused_by_place(
      String role, String block, String reason) {
    assertThatThrownBy(
            () ->
                Given.messages("[{\"role\":\"" + role + "\",\"content\":[" + block + "]}]", "")
                    .conversation())
        .isInstanceOf(RequestFault.class)
        .hasMessageContaining("messages.0.content.0")
        .hasMessageContaining(reason);
  }

  private static Part text(String words) {
    return new Part.Text(JsonString.of(words), CacheMark.NONE);
  }

  private static Signature ours(String text) {
    return new Signature(Protocol.ANTHROPIC, JsonString.of(text));
  }
}

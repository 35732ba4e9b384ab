package io.tollgate.relay.protocols.anthropic.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.anthropic.Given;
import io.tollgate.relay.protocols.conversation.CacheMark;
import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.Hints;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.OutputFormat;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Reasoning;
import io.tollgate.relay.protocols.conversation.Sampling;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.conversation.Tool;
import io.tollgate.relay.protocols.conversation.ToolChoice;
import io.tollgate.relay.protocols.conversation.Turn;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ConversationBodyTest {
  private static final Part HELLO = text("Hello");

  @Test
  void an_agents_request_is_the_same_after_the_way_through_the_common_model() {
    Conversation asked = Given.parsed(Requests.AGENT).conversation();
    byte[] written =
        ConversationBody.of(asked, "claude-3-5-sonnet-latest", ThinkingTable.USUAL).bytes();
    JsonNode sent = Given.json(written);
    Conversation again = Given.parsed(written).conversation();
    assertThat(again.system()).isEqualTo(asked.system());
    assertThat(again.turns().subList(0, 2)).isEqualTo(asked.turns().subList(0, 2));
    // what the system says in the middle is part of the user's turn
    assertThat(again.turns()).hasSize(3);
    assertThat(again.turns().get(2).parts())
        .startsWith(asked.turns().get(2).parts().toArray(Part[]::new))
        .endsWith(text("Hurry."));
    assertThat(again.toolChoice()).isEqualTo(asked.toolChoice());
    assertThat(again.parallelCalls()).isEqualTo(asked.parallelCalls());
    assertThat(again.sampling()).isEqualTo(asked.sampling());
    assertThat(again.hints().user()).isEqualTo(asked.hints().user());
    assertThat(sent.get("tools")).isEqualTo(Given.json(Requests.AGENT).get("tools"));
    assertThat(ConversationBody.of(asked, "claude-3-5-sonnet", ThinkingTable.USUAL).dropped())
        .containsExactly("inference_geo");
  }

  @Test
  void turns_of_one_role_are_joined_and_empty_texts_left_out() {
    assertMessages(
        List.of(
            user(text("a")),
            user(text(""), text("b")),
            new Turn(Turn.Role.SYSTEM, List.of(text("s"))),
            assistant(text("  ")),
            assistant(text("c")),
            user(text("d"))),
        """
        [{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"},
          {"type":"text","text":"s"}]},
         {"role":"assistant","content":[{"type":"text","text":"c"}]},
         {"role":"user","content":[{"type":"text","text":"d"}]}]""");
  }

  @Test
  void results_go_right_after_their_calls_and_before_all_else() {
    assertMessages(
        List.of(
            user(HELLO),
            assistant(call("a:1"), call("b")),
            user(text("meanwhile")),
            assistant(text("wait")),
            user(result("b"), result("a:1"))),
        """
        [{"role":"user","content":[{"type":"text","text":"Hello"}]},
         {"role":"assistant","content":[{"type":"tool_use","id":"a_1","name":"n","input":{"x":1}},
          {"type":"tool_use","id":"b","name":"n","input":{"x":1}}]},
         {"role":"user","content":[
          {"type":"tool_result","tool_use_id":"a_1","content":[{"type":"text","text":"r"}]},
          {"type":"tool_result","tool_use_id":"b","content":[{"type":"text","text":"r"}]},
          {"type":"text","text":"meanwhile"}]},
         {"role":"assistant","content":[{"type":"text","text":"wait"}]}]""");
  }

  @Test
  void what_others_thought_is_left_out_and_a_refusal_is_text() {
    assertMessages(
        List.of(
            user(HELLO),
            assistant(
                new Part.Thinking(
                    JsonString.of("t"),
                    Optional.of(new Signature(Protocol.GEMINI, JsonString.of("g")))),
                new Part.Thinking(JsonString.of("t"), Optional.empty()),
                new Part.Refusal(JsonString.of("no"))),
            user(HELLO)),
        """
        [{"role":"user","content":[{"type":"text","text":"Hello"}]},
         {"role":"assistant","content":[{"type":"text","text":"no"}]},
         {"role":"user","content":[{"type":"text","text":"Hello"}]}]""");
  }

  @Test
  void a_conversation_of_instructions_only_is_said_by_the_user() {
    JsonNode sent =
        body(
            new Conversation(
                List.of(text("Write.")),
                List.of(),
                List.of(),
                new ToolChoice.Unsaid(),
                Optional.empty(),
                OptionalLong.empty(),
                Sampling.UNSAID,
                new OutputFormat.Free(),
                new Reasoning.Unsaid(),
                false,
                Hints.NONE),
            "claude-sonnet-4-5");
    assertThat(sent)
        .isEqualTo(
            Given.json(
                """
                {"model":"claude-sonnet-4-5","max_tokens":64000,
                 "messages":[{"role":"user","content":[{"type":"text","text":"Write."}]}]}"""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "claude-opus-4-6 | LOW | {\"type\":\"adaptive\",\"display\":\"summarized\"} | low",
        "claude-opus-5-5 | MINIMAL | {\"type\":\"adaptive\",\"display\":\"summarized\"} | low",
        "claude-sonnet-4-6 | XHIGH | {\"type\":\"adaptive\",\"display\":\"summarized\"} | high",
        "claude-opus-4-8 | XHIGH | {\"type\":\"adaptive\",\"display\":\"summarized\"} | xhigh",
        "claude-sonnet-5 | MAX | {\"type\":\"adaptive\",\"display\":\"summarized\"} | max",
        "claude-sonnet-4-5-20250929 | HIGH | {\"type\":\"enabled\",\"budget_tokens\":16384} | ",
        "claude-opus-4-5 | MEDIUM | {\"type\":\"enabled\",\"budget_tokens\":8192} | medium",
        "glm-5 | LOW | {\"type\":\"enabled\",\"budget_tokens\":2048} | "
      })
  void effort_is_told_in_the_words_that_the_model_takes(
      String model, Reasoning.Effort effort, String thinking, @Nullable String told) {
    JsonNode sent = body(thinking(new Reasoning.Level(effort, true), 60_000), model);
    assertThat(sent.get("thinking")).isEqualTo(Given.json(thinking));
    if (told == null) {
      assertThat(sent.get("output_config")).isNull();
    } else {
      assertThat(sent.get("output_config").get("effort").asString()).isEqualTo(told);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "claude-sonnet-4-5 | 5000 | 60000 | {\"type\":\"enabled\",\"budget_tokens\":5000}",
        "claude-sonnet-4-5 | 5000 | 4000 | {\"type\":\"enabled\",\"budget_tokens\":3200}",
        "claude-sonnet-4-5 | 100 | 4000 | {\"type\":\"enabled\",\"budget_tokens\":1024}",
        "claude-opus-4-7 | 9000 | 60000 | {\"type\":\"adaptive\",\"display\":\"summarized\"}"
      })
  void a_budget_stays_within_the_answers_limit(
      String model, long budget, long limit, String thinking) {
    assertThat(body(thinking(new Reasoning.Budget(budget, true), limit), model).get("thinking"))
        .isEqualTo(Given.json(thinking));
  }

  @ParameterizedTest
  @CsvSource({
    "claude-sonnet-4-5, , ",
    "claude-opus-5, disabled, ",
    "claude-sonnet-5-5, between_tools, ",
    "claude-opus-5-5, , low",
    "claude-fable-5-1, , low"
  })
  void thinking_is_turned_off_as_the_model_allows(
      String model, @Nullable String type, @Nullable String effort) {
    JsonNode sent = body(thinking(new Reasoning.Off(), 5000), model);
    assertThat(sent.get("thinking") == null ? null : sent.get("thinking").get("type").asString())
        .isEqualTo(type);
    assertThat(
            sent.get("output_config") == null
                ? null
                : sent.get("output_config").get("effort").asString())
        .isEqualTo(effort);
  }

  @Test
  void thinking_that_cannot_be_is_left_out_and_named() {
    Reasoning high = new Reasoning.Level(Reasoning.Effort.HIGH, true);
    // no room in the limit
    assertNotThinking(thinking(high, 1024));
    // the signature of what was thought before the calls is lost
    assertNotThinking(
        asked(
            List.of(user(HELLO), assistant(call("a")), user(result("a"))),
            high,
            Sampling.UNSAID,
            List.of(),
            new ToolChoice.Unsaid()));
    // a tool is forced
    assertNotThinking(
        asked(List.of(user(HELLO)), high, Sampling.UNSAID, List.of(tool()), new ToolChoice.Any()));
  }

  @ParameterizedTest
  @CsvSource({
    "claude-sonnet-4-5, , true",
    "claude-opus-4-6, , true",
    "claude-opus-5, disabled, true",
    "claude-opus-5-5, adaptive, false"
  })
  void a_call_that_is_forced_comes_before_thinking(
      String model, @Nullable String type, boolean dropped) {
    Conversation asked =
        asked(
            List.of(user(HELLO)),
            new Reasoning.Adaptive(true),
            Sampling.UNSAID,
            List.of(tool()),
            new ToolChoice.Any());
    ConversationBody body = ConversationBody.of(asked, model, ThinkingTable.USUAL);
    JsonNode thinking = Given.json(body.bytes()).get("thinking");
    assertThat(thinking == null ? null : thinking.get("type").asString()).isEqualTo(type);
    assertThat(body.dropped().contains("reasoning")).isEqualTo(dropped);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "claude-sonnet-4 | 1.7 |  | 1 | | temperature clamped",
        "claude-3-5-haiku | 0.2 | 0.9 | 0.2 | 0.9 | both",
        "claude-sonnet-4-5 | 0.2 | 0.9 | 0.2 | | one of both",
        "claude-sonnet-4-5 |  | 0.9 |  | 0.9 | one",
        "claude-opus-4-7 | 0.2 | 0.9 |  |  | none"
      })
  void sampling_is_told_as_far_as_the_model_takes_it(
      String model,
      @Nullable BigDecimal temperature,
      @Nullable BigDecimal topP,
      @Nullable BigDecimal sentTemperature,
      @Nullable BigDecimal sentTopP,
      String why) {
    Conversation asked = sampled(temperature, topP, new Reasoning.Unsaid());
    JsonNode sent = body(asked, model);
    assertThat(number(sent, "temperature")).as(why).isEqualTo(sentTemperature);
    assertThat(number(sent, "top_p")).as(why).isEqualTo(sentTopP);
    List<String> dropped = ConversationBody.of(asked, model, ThinkingTable.USUAL).dropped();
    assertThat(dropped.contains("temperature"))
        .isEqualTo(temperature != null && sentTemperature == null);
    assertThat(dropped.contains("top_p")).isEqualTo(topP != null && sentTopP == null);
  }

  @Test
  void with_a_budget_to_think_sampling_is_left_out() {
    Conversation asked =
        sampled(new BigDecimal("0.3"), new BigDecimal("0.5"), new Reasoning.Budget(2000, true));
    ConversationBody body = ConversationBody.of(asked, "claude-sonnet-4-5", ThinkingTable.USUAL);
    assertThat(body.dropped()).containsExactly("temperature", "top_p");
    assertThat(number(Given.json(body.bytes()), "temperature")).isNull();
  }

  @Test
  void hints_that_have_no_word_are_named() {
    Conversation asked =
        new Conversation(
            List.of(),
            List.of(user(HELLO)),
            List.of(),
            new ToolChoice.Any(),
            Optional.of(false),
            OptionalLong.of(5),
            new Sampling(
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                List.of(),
                OptionalLong.of(7),
                Optional.of(BigDecimal.ONE),
                Optional.of(BigDecimal.ZERO)),
            new OutputFormat.Free(),
            new Reasoning.Unsaid(),
            true,
            new Hints(
                Optional.of(JsonString.of("u")),
                Optional.of(JsonString.of("k")),
                List.of("logit_bias")));
    ConversationBody body = ConversationBody.of(asked, "claude-opus-4-8", ThinkingTable.USUAL);
    assertThat(body.dropped())
        .containsExactly("logit_bias", "seed", "frequency_penalty", "prompt_cache_key");
    assertThat(Given.json(body.bytes()))
        .isEqualTo(
            Given.json(
                """
                {"model":"claude-opus-4-8","max_tokens":5,"stream":true,
                 "messages":[{"role":"user","content":[{"type":"text","text":"Hello"}]}],
                 "metadata":{"user_id":"u"}}"""));
  }

  @Test
  void a_schema_for_the_answer_and_tools_are_told() {
    JsonTree.Members schema = new JsonTree.Members();
    schema.byName().put("properties", new JsonTree.Members());
    Conversation asked =
        new Conversation(
            List.of(),
            List.of(user(HELLO)),
            List.of(
                new Tool(
                    JsonString.of("t"),
                    Optional.of(JsonString.of("d")),
                    schema,
                    Optional.of(true),
                    CacheMark.ONE_HOUR)),
            new ToolChoice.Unsaid(),
            Optional.of(false),
            OptionalLong.of(5),
            Sampling.UNSAID,
            new OutputFormat.Schema(
                JsonString.of("s"), Optional.empty(), schema, Optional.of(true)),
            new Reasoning.Unsaid(),
            false,
            Hints.NONE);
    JsonNode sent = body(asked, "claude-sonnet-4-5");
    assertThat(sent.get("tools"))
        .isEqualTo(
            Given.json(
                """
                [{"name":"t","description":"d","input_schema":{"type":"object","properties":{}},
                  "strict":true,"cache_control":{"type":"ephemeral","ttl":"1h"}}]"""));
    assertThat(sent.get("tool_choice"))
        .isEqualTo(Given.json("{\"type\":\"auto\",\"disable_parallel_tool_use\":true}"));
    assertThat(sent.get("output_config"))
        .isEqualTo(
            Given.json("{\"format\":{\"type\":\"json_schema\",\"schema\":{\"properties\":{}}}}"));
  }

  @Test
  void documents_are_told_as_pdf_address_or_text() {
    assertMessages(
        List.of(
            user(
                document(new Media.Inline("application/pdf", JsonString.of("QUJD"))),
                document(new Media.Inline("text/csv", JsonString.of("QUJD"))),
                document(new Media.Address(JsonString.of("https://x/y.pdf"))))),
        """
        [{"role":"user","content":[
          {"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"QUJD"}},
          {"type":"document","source":{"type":"text","media_type":"text/plain","data":"ABC"}},
          {"type":"document","source":{"type":"url","url":"https://x/y.pdf"}}]}]""");
  }

  @Test
  void what_changes_the_answer_and_cannot_be_told_is_refused() {
    assertRefused(
        user(new Part.Audio(new Media.Inline("audio/wav", JsonString.of("QUJD")))), "sound");
    assertRefused(
        user(
            new Part.Image(
                new Media.Inline("image/bmp", JsonString.of("QUJD")),
                Optional.empty(),
                CacheMark.NONE)),
        "an image of type image/bmp (expected: image/jpeg");
    assertRefused(
        user(document(new Media.Inline("application/zip", JsonString.of("QUJD")))),
        "a document of type application/zip");
    assertRefused(user(result("x")), "the result of a tool call x that is not there");
    assertRefused(
        assistant(
            new Part.ToolCall(
                JsonString.of("c"),
                JsonString.of("n"),
                JsonString.of("{\"cut"),
                Optional.empty(),
                CacheMark.NONE)),
        "the arguments of the tool call c are no JSON object");
    assertRefused(user(text("")), "nothing said in them");
    Conversation json =
        new Conversation(
            List.of(),
            List.of(user(HELLO)),
            List.of(),
            new ToolChoice.Unsaid(),
            Optional.empty(),
            OptionalLong.empty(),
            Sampling.UNSAID,
            new OutputFormat.Json(),
            new Reasoning.Unsaid(),
            false,
            Hints.NONE);
    assertThatThrownBy(() -> body(json, "claude-sonnet-4-5"))
        .isInstanceOf(RequestFault.class)
        .hasMessageStartingWith("response_format: any JSON object (expected: a JSON schema");
  }

  private static void assertRefused(Turn turn, String reason) {
    assertThatThrownBy(() -> body(said(List.of(turn)), "claude-sonnet-4-5"))
        .isInstanceOf(RequestFault.class)
        .hasMessageStartingWith("messages: " + reason);
  }

  private static void assertNotThinking(Conversation asked) {
    ConversationBody body = ConversationBody.of(asked, "claude-sonnet-4-5", ThinkingTable.USUAL);
    assertThat(body.dropped()).containsExactly("reasoning");
    assertThat(Given.json(body.bytes()).get("thinking")).isNull();
  }

  private static void assertMessages(List<Turn> turns, String messages) {
    assertThat(body(said(turns), "claude-sonnet-4-5").get("messages"))
        .isEqualTo(Given.json(messages));
  }

  private static JsonNode body(Conversation asked, String model) {
    return Given.json(ConversationBody.of(asked, model, ThinkingTable.USUAL).bytes());
  }

  private static Conversation said(List<Turn> turns) {
    return asked(
        turns, new Reasoning.Unsaid(), Sampling.UNSAID, List.of(), new ToolChoice.Unsaid());
  }

  private static Conversation thinking(Reasoning reasoning, long limit) {
    return new Conversation(
        List.of(),
        List.of(user(HELLO)),
        List.of(),
        new ToolChoice.Unsaid(),
        Optional.empty(),
        OptionalLong.of(limit),
        Sampling.UNSAID,
        new OutputFormat.Free(),
        reasoning,
        false,
        Hints.NONE);
  }

  private static Conversation sampled(
      @Nullable BigDecimal temperature, @Nullable BigDecimal topP, Reasoning reasoning) {
    return asked(
        List.of(user(HELLO)),
        reasoning,
        new Sampling(
            Optional.ofNullable(temperature),
            Optional.ofNullable(topP),
            OptionalLong.empty(),
            List.of(),
            OptionalLong.empty(),
            Optional.empty(),
            Optional.empty()),
        List.of(),
        new ToolChoice.Unsaid());
  }

  private static Conversation asked(
      List<Turn> turns,
      Reasoning reasoning,
      Sampling sampling,
      List<Tool> tools,
      ToolChoice choice) {
    return new Conversation(
        List.of(),
        turns,
        tools,
        choice,
        Optional.empty(),
        OptionalLong.empty(),
        sampling,
        new OutputFormat.Free(),
        reasoning,
        false,
        Hints.NONE);
  }

  private static @Nullable BigDecimal number(JsonNode sent, String name) {
    return sent.get(name) == null ? null : sent.get(name).decimalValue();
  }

  private static Turn user(Part... parts) {
    return new Turn(Turn.Role.USER, List.of(parts));
  }

  private static Turn assistant(Part... parts) {
    return new Turn(Turn.Role.ASSISTANT, List.of(parts));
  }

  private static Part text(String words) {
    return new Part.Text(JsonString.of(words), CacheMark.NONE);
  }

  private static Part document(Media media) {
    return new Part.Document(media, Optional.empty(), CacheMark.NONE);
  }

  private static Part call(String id) {
    return new Part.ToolCall(
        JsonString.of(id),
        JsonString.of("n"),
        JsonString.of("{\"x\":1}"),
        Optional.empty(),
        CacheMark.NONE);
  }

  private static Part result(String id) {
    return new Part.ToolResult(
        JsonString.of(id), JsonString.of("n"), List.of(text("r")), false, CacheMark.NONE);
  }

  private static Tool tool() {
    return new Tool(
        JsonString.of("n"),
        Optional.empty(),
        new JsonTree.Members(),
        Optional.empty(),
        CacheMark.NONE);
  }
}

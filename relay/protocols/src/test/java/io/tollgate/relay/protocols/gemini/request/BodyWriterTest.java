package io.tollgate.relay.protocols.gemini.request;

import static io.tollgate.relay.protocols.gemini.Given.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.FetchedMedia;
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
import io.tollgate.relay.protocols.conversation.Tool;
import io.tollgate.relay.protocols.conversation.ToolChoice;
import io.tollgate.relay.protocols.conversation.Turn;
import io.tollgate.relay.protocols.conversation.Turn.Role;
import io.tollgate.relay.protocols.gemini.Given;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyWriterTest {
  private static final Turn HELLO = new Turn(Role.USER, List.of(said("Hello")));
  private static final String CONTENTS =
      "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello\"}]}]";
  private static final String PLACEHOLDER =
      ",\"thoughtSignature\":\"skip_thought_signature_validator\"";

  @Test
  void system_and_turns_are_written() {
    assertThat(body(conversation(List.of(said("Be brief"), said("and kind")), List.of(HELLO))))
        .isEqualTo(
            "{"
                + CONTENTS
                + ",\"systemInstruction\":{\"parts\":[{\"text\":\"Be brief\"},{\"text\":\"and kind\"}]}}");
  }

  @Test
  void turns_of_one_role_are_joined_and_instructions_become_the_users() {
    assertThat(
            body(
                conversation(
                    List.of(),
                    List.of(
                        HELLO,
                        HELLO,
                        new Turn(Role.ASSISTANT, List.of(said("Yes"))),
                        new Turn(Role.SYSTEM, List.of(said("Now in French"))),
                        new Turn(Role.ASSISTANT, List.of(said("?"), said(""))),
                        HELLO,
                        new Turn(Role.ASSISTANT, List.of(said(""))),
                        new Turn(Role.SYSTEM, List.of(said("Stop")))))))
        .isEqualTo(
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello\"},{\"text\":\"Hello\"}]},"
                + "{\"role\":\"model\",\"parts\":[{\"text\":\"Yes\"},{\"text\":\"?\"}]},"
                + "{\"role\":\"user\",\"parts\":[{\"text\":\"Now in French\"},{\"text\":\"Hello\"}]},"
                + "{\"role\":\"user\",\"parts\":[{\"text\":\"Stop\"}]}]}");
  }

  @Test
  void a_request_of_system_texts_alone_is_the_users() {
    assertThat(body(conversation(List.of(said("Hello")), List.of())))
        .isEqualTo("{" + CONTENTS + "}");
    assertThatThrownBy(() -> body(conversation(List.of(), List.of())))
        .isInstanceOf(RequestFault.class);
  }

  @Test
  void results_come_first_and_are_named_by_their_calls() {
    Turn calls =
        new Turn(
            Role.ASSISTANT,
            List.of(
                said("Look"),
                call("a", "weather", "{\"city\": \"Paris\"}", Optional.empty()),
                call("b", "time", "", Optional.of(gemini("U2ln")))));
    Turn answers =
        new Turn(
            Role.USER,
            List.of(
                said("And?"),
                result("b", "", List.of(said("12\n30")), false),
                result("a", "weather", List.of(said("{\"sky\":1}"), image("AAAA")), false)));
    String common =
        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello\"}]},{\"role\":\"model\",\"parts\":[{\"text\":\"Look\"},"
            + "{\"functionCall\":{\"id\":\"a\",\"name\":\"weather\",\"args\":{\"city\": \"Paris\"}}"
            + PLACEHOLDER
            + "},{\"functionCall\":{\"id\":\"b\",\"name\":\"time\",\"args\":{}},\"thoughtSignature\":\"U2ln\"}]},"
            + "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"id\":\"b\",\"name\":\"time\",\"response\":{\"output\":\"12\\n30\"}}},";
    Conversation conversation = conversation(List.of(), List.of(HELLO, calls, answers));
    assertThat(body(conversation, "gemini-3-pro-preview"))
        .isEqualTo(
            common
                + "{\"functionResponse\":{\"id\":\"a\",\"name\":\"weather\",\"response\":{\"sky\":1},"
                + "\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"}}]}},{\"text\":\"And?\"}]}]}");
    assertThat(body(conversation, "gemini-2.5-pro"))
        .isEqualTo(
            common
                + "{\"functionResponse\":{\"id\":\"a\",\"name\":\"weather\",\"response\":{\"sky\":1}}},"
                + "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"}},{\"text\":\"And?\"}]}]}");
  }

  @Test
  void a_tool_that_failed_says_so() {
    assertThat(
            body(
                conversation(
                    List.of(),
                    List.of(
                        new Turn(Role.ASSISTANT, List.of(call("a", "f", "{}", Optional.empty()))),
                        new Turn(
                            Role.USER,
                            List.of(result("a", "", List.of(said("no"), said("way")), true)))))))
        .contains("\"response\":{\"error\":\"no\\nway\"}");
  }

  @Test
  void thoughts_go_back_with_geminis_signature_or_not_at_all() {
    Signature foreign = new Signature(Protocol.ANTHROPIC, JsonString.of("EqQB"));
    assertThat(
            body(
                conversation(
                    List.of(),
                    List.of(
                        HELLO,
                        new Turn(
                            Role.ASSISTANT,
                            List.of(
                                new Part.Thinking(JsonString.of("a"), Optional.empty()),
                                new Part.Thinking(JsonString.of("b"), Optional.of(foreign)),
                                new Part.Thinking(JsonString.of("c"), Optional.of(gemini("U2ln"))),
                                new Part.RedactedThinking(foreign),
                                call("x", "f", "{}", Optional.of(foreign))))))))
        .isEqualTo(
            "{"
                + CONTENTS.substring(0, CONTENTS.length() - 1)
                + ",{\"role\":\"model\",\"parts\":[{\"text\":\"c\",\"thought\":true,\"thoughtSignature\":\"U2ln\"},"
                + "{\"functionCall\":{\"id\":\"x\",\"name\":\"f\",\"args\":{}}"
                + PLACEHOLDER
                + "}]}]}");
  }

  @Test
  void media_are_written_and_addresses_are_googles_or_fetched() {
    JsonString url = JsonString.of("https://example.org/a.png");
    String file = "https://generativelanguage.googleapis.com/v1beta/files/abc";
    Conversation conversation =
        conversation(
            List.of(),
            List.of(
                new Turn(
                    Role.USER,
                    List.of(
                        image("AAAA"),
                        new Part.Document(
                            new Media.Words(JsonString.of("plain")),
                            Optional.empty(),
                            CacheMark.NONE),
                        new Part.Document(
                            new Media.Address(JsonString.of(file)),
                            Optional.empty(),
                            CacheMark.NONE),
                        new Part.Audio(new Media.Inline("audio/wav", JsonString.of("QUJD"))),
                        new Part.Image(
                            new Media.Address(url), Optional.of("low"), CacheMark.FIVE_MINUTES)))));
    assertThat(MediaAddresses.toFetch(conversation)).containsExactly(url.text());
    assertThatThrownBy(() -> body(conversation)).hasMessageContaining("url: an address");
    BodyWriter.Written written =
        BodyWriter.write(
            conversation,
            "m",
            ThinkingTable.USUAL,
            Map.of(
                url.text(), new FetchedMedia("image/gif", "GIF".getBytes(StandardCharsets.UTF_8))));
    assertThat(text(written.body()))
        .isEqualTo(
            "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"}},"
                + "{\"text\":\"plain\"},{\"fileData\":{\"fileUri\":\""
                + file
                + "\"}},{\"inlineData\":{\"mimeType\":\"audio/wav\",\"data\":\"QUJD\"}},"
                + "{\"inlineData\":{\"mimeType\":\"image/gif\",\"data\":\"R0lG\"}}]}]}");
    assertThat(written.dropped()).containsExactly("cache_control", "detail");
  }

  @Test
  void the_config_is_written() {
    Conversation plain = conversation(List.of(), List.of(HELLO));
    Conversation conversation =
        new Conversation(
            List.of(),
            plain.turns(),
            List.of(),
            new ToolChoice.Unsaid(),
            Optional.empty(),
            OptionalLong.of(100),
            new Sampling(
                Optional.of(new BigDecimal("0.5")),
                Optional.of(new BigDecimal("0.9")),
                OptionalLong.of(40),
                List.of(JsonString.of("END"), JsonString.of("\n")),
                OptionalLong.of(7),
                Optional.of(new BigDecimal("-0.2")),
                Optional.of(new BigDecimal("1E+1"))),
            new OutputFormat.Json(),
            new Reasoning.Unsaid(),
            true,
            new Hints(
                Optional.of(JsonString.of("u")),
                Optional.of(JsonString.of("k")),
                List.of("metadata", "store")));
    BodyWriter.Written written = BodyWriter.write(conversation, "m", ThinkingTable.USUAL, Map.of());
    assertThat(text(written.body()))
        .isEqualTo(
            "{"
                + CONTENTS
                + ",\"generationConfig\":{\"maxOutputTokens\":100,\"temperature\":0.5,\"topP\":0.9,\"topK\":40,\"seed\":7,"
                + "\"frequencyPenalty\":-0.2,\"presencePenalty\":1E+1,\"stopSequences\":[\"END\",\"\\n\"],"
                + "\"responseMimeType\":\"application/json\"}}");
    assertThat(written.dropped()).containsExactly("user", "prompt_cache_key", "metadata", "store");
  }

  @Test
  void more_stop_sequences_than_gemini_takes_are_refused() {
    Conversation plain = conversation(List.of(), List.of(HELLO));
    JsonString stop = JsonString.of("x");
    Conversation conversation =
        with(
            plain,
            new Sampling(
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty(),
                List.of(stop, stop, stop, stop, stop, stop),
                OptionalLong.of(1L << 40),
                Optional.empty(),
                Optional.empty()),
            new Reasoning.Unsaid());
    assertThatThrownBy(() -> body(conversation)).hasMessage("stop: 6 texts (expected: at most 5)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          gemini-2.5-flash       | off      | {"thinkingBudget":0}
          gemini-2.5-pro         | off      | {"thinkingBudget":128}
          gemini-3-flash-preview | off      | {"thinkingLevel":"MINIMAL"}
          gemini-3.1-pro-preview | off      | {"thinkingLevel":"LOW"}
          gemini-2.0-flash       | off      | -
          gemini-2.5-flash       | low      | {"thinkingBudget":2048,"includeThoughts":true}
          gemini-2.5-pro         | medium   | {"thinkingBudget":8192,"includeThoughts":true}
          gemini-2.5-flash       | max      | {"thinkingBudget":24576,"includeThoughts":true}
          gemini-3-pro-preview   | medium   | {"thinkingLevel":"HIGH","includeThoughts":true}
          gemini-3.1-pro         | medium   | {"thinkingLevel":"MEDIUM","includeThoughts":true}
          models/gemini-3-flash  | minimal  | {"thinkingLevel":"MINIMAL","includeThoughts":true}
          gemini-3.1-pro         | minimal  | {"thinkingLevel":"LOW","includeThoughts":true}
          gemini-2.5-pro         | 100      | {"thinkingBudget":128}
          gemini-2.5-flash       | 99999    | {"thinkingBudget":24576}
          gemini-3-flash         | 4000     | {"thinkingLevel":"MEDIUM"}
          some-model             | 99999    | {"thinkingLevel":"HIGH"}
          gemini-2.5-flash       | adaptive | {"thinkingBudget":-1,"includeThoughts":true}
          gemini-3-flash         | adaptive | {"includeThoughts":true}
          gemini-2.5-flash       | unsaid   | -
          """)
  void how_much_is_thought_is_told_as_the_model_takes_it(
      String model, String asked, String config) {
    Reasoning reasoning =
        switch (asked) {
          case "unsaid" -> new Reasoning.Unsaid();
          case "off" -> new Reasoning.Off();
          case "adaptive" -> new Reasoning.Adaptive(true);
          case "minimal", "low", "medium", "max" ->
              new Reasoning.Level(Reasoning.Effort.valueOf(asked.toUpperCase(Locale.ROOT)), true);
          default -> new Reasoning.Budget(Long.parseLong(asked), false);
        };
    String written =
        body(with(conversation(List.of(), List.of(HELLO)), Sampling.UNSAID, reasoning), model);
    assertThat(written)
        .isEqualTo(
            "{"
                + CONTENTS
                + (config == null
                    ? "}"
                    : ",\"generationConfig\":{\"thinkingConfig\":" + config + "}}"));
  }

  @Test
  void a_model_that_does_not_think_is_not_told_to() {
    BodyWriter.Written written =
        BodyWriter.write(
            with(
                conversation(List.of(), List.of(HELLO)),
                Sampling.UNSAID,
                new Reasoning.Level(Reasoning.Effort.HIGH, false)),
            "gemini-2.0-flash",
            ThinkingTable.USUAL,
            Map.of());
    assertThat(text(written.body())).isEqualTo("{" + CONTENTS + "}");
    assertThat(written.dropped()).containsExactly("reasoning");
  }

  @Test
  void functions_and_which_of_them_is_called_are_written() {
    Tool weather =
        tool(
            "weather",
            "{\"type\":\"object\",\"$schema\":\"x\",\"additionalProperties\":false,\"required\":[\"city\"],"
                + "\"properties\":{\"city\":{\"$ref\":\"#/$defs/City\",\"description\":\"where\"},\"unit\":{\"type\":[\"string\",\"null\"],\"const\":\"C\"}},"
                + "\"$defs\":{\"City\":{\"type\":\"string\",\"minLength\":1}}}");
    Tool free =
        tool("free", "{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}");
    Tool none = tool("none", "{\"type\":\"object\",\"properties\":{}}");
    Conversation conversation =
        tools(List.of(weather, free, none), new ToolChoice.Named(JsonString.of("free")));
    BodyWriter.Written written = BodyWriter.write(conversation, "m", ThinkingTable.USUAL, Map.of());
    assertThat(text(written.body()))
        .isEqualTo(
            "{"
                + CONTENTS
                + ",\"tools\":[{\"functionDeclarations\":[{\"name\":\"weather\",\"description\":\"does\",\"parameters\":{\"type\":\"OBJECT\","
                + "\"required\":[\"city\"],\"properties\":{\"city\":{\"type\":\"STRING\",\"minLength\":1,\"description\":\"where\"},"
                + "\"unit\":{\"type\":\"STRING\",\"nullable\":true,\"enum\":[\"C\"]}}}},"
                + "{\"name\":\"free\",\"description\":\"does\",\"parametersJsonSchema\":{\"type\":\"object\",\"additionalProperties\":{\"type\":\"integer\"}}},"
                + "{\"name\":\"none\",\"description\":\"does\"}]}],"
                + "\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\",\"allowedFunctionNames\":[\"free\"]}}}");
    assertThat(written.dropped()).containsExactly("strict", "parallel_tool_calls");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"object\",\"properties\":{\"a\":{\"oneOf\":[{\"type\":\"string\"}]}}}",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":[\"string\",\"integer\"]}}}",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\",\"enum\":[1,2]}}}",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"format\":\"uri\"}}}",
        "{\"type\":\"object\",\"properties\":{\"a\":{}}}",
        "{\"type\":\"object\",\"additionalProperties\":true}",
        "{\"type\":\"object\",\"properties\":{\"a\":true}}",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"array\"}}}",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"not\":{}}}}",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"}},\"required\":[\"b\"]}",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\",\"enum\":[\"\"]}}}"
      })
  void a_schema_that_geminis_own_words_cannot_say_is_said_in_json_schemas(String schema) {
    assertThat(body(tools(List.of(tool("f", schema)), new ToolChoice.Unsaid())))
        .contains("\"parametersJsonSchema\":" + schema);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"type":"object","properties":{"a":{"$ref":"#"}}}                       | refers to what it is in itself
          {"$defs":{"A":{"properties":{"b":{"$ref":"#/$defs/B"}}},"B":{"items":{"$ref":"#/$defs/A"}}},"properties":{"x":{"$ref":"#/$defs/A"}}} | refers to what it is in itself
          {"properties":{"a":{"$ref":"#/$defs/None"}}}                            | refers to nothing
          {"properties":{"a":{"$ref":"https://example.org/x.json"}}}              | refers out of the schema
          {"properties":{"a":{"$ref":"#/title"}},"title":"x"}                     | refers to no schema
          {"properties":{"a":{"$ref":"#/%zz"}}}                                   | is no reference
          """)
  void references_that_cannot_be_written_out_are_refused(String schema, String why) {
    assertThatThrownBy(() -> body(tools(List.of(tool("f", schema)), new ToolChoice.Unsaid())))
        .isInstanceOfSatisfying(
            RequestFault.class,
            fault -> {
              assertThat(fault.param()).contains("tools[0].parameters");
              assertThat(fault.refusal().sentence()).contains(why);
            });
  }

  @Test
  void references_that_grow_beyond_all_measure_are_refused() {
    StringBuilder defs = new StringBuilder("\"L0\":{\"type\":\"string\"}");
    for (int i = 1; i < 40; i++) {
      String ref = "{\"$ref\":\"#/$defs/L" + (i - 1) + "\"}";
      defs.append(",\"L" + i + "\":{\"properties\":{\"a\":" + ref + ",\"b\":" + ref + "}}");
    }
    String wide = "{\"$defs\":{" + defs + "},\"properties\":{\"x\":{\"$ref\":\"#/$defs/L39\"}}}";
    assertThatThrownBy(() -> body(tools(List.of(tool("f", wide)), new ToolChoice.Unsaid())))
        .isInstanceOf(RequestFault.class)
        .hasMessageContaining("bytes when its references are written out");
    StringBuilder chain = new StringBuilder("\"C0\":{\"type\":\"string\"}");
    for (int i = 1; i < 20_000; i++) {
      chain.append(",\"C" + i + "\":{\"items\":{\"$ref\":\"#/$defs/C" + (i - 1) + "\"}}");
    }
    String deep =
        "{\"$defs\":{" + chain + "},\"properties\":{\"x\":{\"$ref\":\"#/$defs/C19999\"}}}";
    assertThatThrownBy(() -> body(tools(List.of(tool("f", deep)), new ToolChoice.Unsaid())))
        .isInstanceOf(RequestFault.class)
        .hasMessageContaining("deeper than 200 levels");
  }

  @Test
  void names_of_properties_are_no_words_of_the_schemas_language() {
    String schema =
        "{\"type\":\"object\",\"properties\":{\"$ref\":{\"type\":\"string\"},\"$schema\":{\"type\":\"string\"},\"definitions\":{\"type\":\"string\"}}}";
    assertThat(body(tools(List.of(tool("f", schema)), new ToolChoice.Unsaid())))
        .contains(
            "\"properties\":{\"$ref\":{\"type\":\"STRING\"},\"$schema\":{\"type\":\"STRING\"},\"definitions\":{\"type\":\"STRING\"}}");
  }

  @Test
  void what_cannot_be_told_is_refused() {
    assertThatThrownBy(
            () ->
                body(
                    conversation(
                        List.of(),
                        List.of(new Turn(Role.USER, List.of(result("x", "f", List.of(), false)))))))
        .hasMessageContaining("answers no call");
    assertThatThrownBy(
            () ->
                body(
                    conversation(
                        List.of(),
                        List.of(
                            new Turn(
                                Role.ASSISTANT,
                                List.of(call("x", "f", "[1]", Optional.empty())))))))
        .hasMessageContaining("no JSON object");
    assertThatThrownBy(
            () -> body(tools(List.of(tool("f", "{}")), new ToolChoice.Named(JsonString.of("g")))))
        .hasMessageContaining("tool_choice: names a tool that is not given");
  }

  @Test
  void what_is_written_reads_as_the_same_conversation() {
    String body =
        "{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"},{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"}}]},"
            + "{\"role\":\"model\",\"parts\":[{\"text\":\"Hm\",\"thought\":true,\"thoughtSignature\":\"VGg=\"},{\"text\":\"Look\"},"
            + "{\"functionCall\":{\"id\":\"a\",\"name\":\"f\",\"args\":{\"x\":[1,{\"y\":\"\\u00e9\\\"\"}]}},\"thoughtSignature\":\"U2ln\"},"
            + "{\"functionCall\":{\"id\":\"b\",\"name\":\"f\",\"args\":{}}}]},"
            + "{\"role\":\"user\",\"parts\":[{\"functionResponse\":{\"id\":\"a\",\"name\":\"f\",\"response\":{\"error\":\"no\"}}},"
            + "{\"functionResponse\":{\"id\":\"b\",\"name\":\"f\",\"response\":{\"v\":[true,null]}}},{\"text\":\"Go on\"}]}],"
            + "\"systemInstruction\":{\"parts\":[{\"text\":\"Be brief\"}]},"
            + "\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\",\"description\":\"does\",\"parameters\":{\"type\":\"OBJECT\",\"properties\":{\"x\":{\"type\":\"STRING\",\"nullable\":true}}}}]}],"
            + "\"toolConfig\":{\"functionCallingConfig\":{\"mode\":\"ANY\"}},"
            + "\"generationConfig\":{\"maxOutputTokens\":9,\"temperature\":0.1,\"stopSequences\":[\"x\"],\"responseMimeType\":\"application/json\","
            + "\"responseSchema\":{\"type\":\"ARRAY\",\"items\":{\"type\":\"STRING\"}},\"thinkingConfig\":{\"thinkingBudget\":2048,\"includeThoughts\":true}}}";
    assertThat(body(Given.request(body).conversation(), "gemini-2.5-flash")).isEqualTo(body);
  }

  private static String body(Conversation conversation) {
    return body(conversation, "gemini-2.5-flash");
  }

  private static String body(Conversation conversation, String model) {
    return text(BodyWriter.write(conversation, model, ThinkingTable.USUAL, Map.of()).body());
  }

  private static Conversation conversation(List<Part> system, List<Turn> turns) {
    return new Conversation(
        system,
        turns,
        List.of(),
        new ToolChoice.Unsaid(),
        Optional.empty(),
        OptionalLong.empty(),
        Sampling.UNSAID,
        new OutputFormat.Free(),
        new Reasoning.Unsaid(),
        false,
        Hints.NONE);
  }

  private static Conversation with(Conversation given, Sampling sampling, Reasoning reasoning) {
    return new Conversation(
        given.system(),
        given.turns(),
        given.tools(),
        given.toolChoice(),
        given.parallelCalls(),
        given.maxOutputTokens(),
        sampling,
        given.format(),
        reasoning,
        given.stream(),
        given.hints());
  }

  private static Conversation tools(List<Tool> tools, ToolChoice choice) {
    return new Conversation(
        List.of(),
        List.of(HELLO),
        tools,
        choice,
        Optional.of(false),
        OptionalLong.empty(),
        Sampling.UNSAID,
        new OutputFormat.Free(),
        new Reasoning.Unsaid(),
        false,
        Hints.NONE);
  }

  private static Tool tool(String name, String schema) {
    byte[] json = schema.getBytes(StandardCharsets.UTF_8);
    return new Tool(
        JsonString.of(name),
        Optional.of(JsonString.of("does")),
        (JsonTree.Members) JsonTree.read(json, 0, json.length),
        Optional.of(true),
        CacheMark.NONE);
  }

  private static Part said(String text) {
    return new Part.Text(JsonString.of(text), CacheMark.NONE);
  }

  private static Part image(String base64) {
    return new Part.Image(
        new Media.Inline("image/png", JsonString.of(base64)), Optional.empty(), CacheMark.NONE);
  }

  private static Signature gemini(String text) {
    return new Signature(Protocol.GEMINI, JsonString.of(text));
  }

  private static Part call(
      String id, String name, String arguments, Optional<Signature> signature) {
    return new Part.ToolCall(
        JsonString.of(id),
        JsonString.of(name),
        JsonString.of(arguments),
        signature,
        CacheMark.NONE);
  }

  private static Part result(String id, String name, List<Part> content, boolean error) {
    return new Part.ToolResult(
        JsonString.of(id), JsonString.of(name), content, error, CacheMark.NONE);
  }
}

package io.tollgate.relay.protocols.gemini.request;

import static io.tollgate.relay.protocols.gemini.Given.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.CacheMark;
import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.OutputFormat;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Reasoning;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.conversation.ToolChoice;
import io.tollgate.relay.protocols.conversation.Turn;
import io.tollgate.relay.protocols.gemini.Given;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConversationReaderTest {
  private static final String HELLO = "\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]";

  @Test
  void system_and_turns_are_read_in_either_case() {
    for (String name : List.of("systemInstruction", "system_instruction")) {
      Conversation conversation =
          read(
              "{\""
                  + name
                  + "\":{\"parts\":{\"text\":\"Be brief\"}},\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hi\"}]},"
                  + "{\"role\":\"model\",\"parts\":[{\"text\":\"Hello\"}]},{\"parts\":[{\"text\":\"And\"},{\"text\":\"you?\"}]}]}");
      assertThat(conversation.system()).containsExactly(said("Be brief"));
      assertThat(conversation.turns())
          .containsExactly(
              new Turn(Turn.Role.USER, List.of(said("Hi"))),
              new Turn(Turn.Role.ASSISTANT, List.of(said("Hello"))),
              new Turn(Turn.Role.USER, List.of(said("And"), said("you?"))));
    }
  }

  @Test
  void a_thought_that_came_in_pieces_is_one_with_the_signature_of_the_last() {
    Conversation conversation =
        read(
            "{\"contents\":[{\"parts\":[{\"text\":\"Hi\"}]},{\"role\":\"model\",\"parts\":["
                + "{\"text\":\"First \",\"thought\":true},{\"text\":\"\\\"this\\\".\",\"thought\":true},"
                + "{\"text\":\"\",\"thought\":true,\"thoughtSignature\":\"c2ln\"},"
                + "{\"text\":\"Then that.\",\"thought\":true},{\"text\":\"Hello\"}]}]}");
    assertThat(conversation.turns().getLast().parts())
        .containsExactly(
            new Part.Thinking(
                JsonString.of("First \"this\"."),
                Optional.of(new Signature(Protocol.GEMINI, JsonString.of("c2ln")))),
            new Part.Thinking(JsonString.of("Then that."), Optional.empty()),
            said("Hello"));
  }

  @Test
  void pictures_documents_and_sounds_are_told_by_their_type() {
    Conversation conversation =
        read(
            "{\"contents\":[{\"parts\":[{\"inlineData\":{\"mimeType\":\"IMAGE/PNG\",\"data\":\"\\/_-A\"}},"
                + "{\"inline_data\":{\"mime_type\":\"application/pdf\",\"data\":\"QUI\",\"displayName\":\"a.pdf\"}},"
                + "{\"inlineData\":{\"mimeType\":\"audio/wav\",\"data\":\"AAAA\"}},"
                + "{\"fileData\":{\"mimeType\":\"image/jpeg\",\"fileUri\":\"https://example.org/a.jpg\"}}]}]}");
    assertThat(conversation.turns().getFirst().parts())
        .containsExactly(
            new Part.Image(inline("image/png", "//+A"), Optional.empty(), CacheMark.NONE),
            new Part.Document(
                inline("application/pdf", "QUI="),
                Optional.of(JsonString.of("a.pdf")),
                CacheMark.NONE),
            new Part.Audio(inline("audio/wav", "AAAA")),
            new Part.Image(
                new Media.Address(JsonString.of("https://example.org/a.jpg")),
                Optional.empty(),
                CacheMark.NONE));
  }

  @Test
  void calls_without_ids_get_one_and_are_answered_in_order_of_their_name() {
    Conversation conversation =
        read(
            "{\"contents\":[{\"role\":\"model\",\"parts\":[{\"text\":\"Hm\",\"thought\":true,\"thoughtSignature\":\"VGg=\"},"
                + "{\"functionCall\":{\"name\":\"weather\",\"args\":{\"city\":\"Paris\"}},\"thoughtSignature\":\"U2ln\"},"
                + "{\"functionCall\":{\"name\":\"weather\",\"args\":{\"city\":\"Rome\"}}},"
                + "{\"functionCall\":{\"name\":\"time\",\"id\":\"own\"},\"thoughtSignature\":\"skip_thought_signature_validator\"}]},"
                + "{\"role\":\"user\",\"parts\":["
                + "{\"functionResponse\":{\"name\":\"time\",\"id\":\"own\",\"response\":{\"error\":\"no clock\"}}},"
                + "{\"functionResponse\":{\"name\":\"weather\",\"response\":{\"output\":\"rain\"}}},"
                + "{\"functionResponse\":{\"name\":\"weather\",\"response\":{\"sky\": \"blue\",\"t\":21},"
                + "\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"AAAA\"}}]}}]}]}");
    Signature signature = new Signature(Protocol.GEMINI, JsonString.of("U2ln"));
    assertThat(conversation.turns().get(0).parts())
        .containsExactly(
            new Part.Thinking(
                JsonString.of("Hm"),
                Optional.of(new Signature(Protocol.GEMINI, JsonString.of("VGg=")))),
            call("call_1", "weather", "{\"city\":\"Paris\"}", Optional.of(signature)),
            call("call_2", "weather", "{\"city\":\"Rome\"}", Optional.empty()),
            call("own", "time", "{}", Optional.empty()));
    assertThat(conversation.turns().get(1).parts())
        .containsExactly(
            result("own", "time", List.of(said("no clock")), true),
            result("call_1", "weather", List.of(said("rain")), false),
            result(
                "call_2",
                "weather",
                List.of(
                    said("{\"sky\":\"blue\",\"t\":21}"),
                    new Part.Image(inline("image/png", "AAAA"), Optional.empty(), CacheMark.NONE)),
                false));
  }

  @Test
  void signatures_of_others_come_back_to_whom_they_belong() {
    JsonString foreign = SignatureText.written(signature(Protocol.ANTHROPIC, "Eq:Qß"), false);
    JsonString redacted = SignatureText.written(signature(Protocol.ANTHROPIC, "Red"), true);
    Conversation conversation =
        read(
            "{\"contents\":[{\"role\":\"model\",\"parts\":[{\"text\":\"Hm\",\"thought\":true,\"thoughtSignature\":\""
                + foreign.text()
                + "\"},{\"text\":\"\",\"thought\":true,\"thoughtSignature\":\""
                + redacted.text()
                + "\"},{\"text\":\"x\",\"thought\":true,\"thoughtSignature\":\"dG9sbGdhdGU6\"}]}]}");
    assertThat(conversation.turns().getFirst().parts())
        .containsExactly(
            new Part.Thinking(
                JsonString.of("Hm"), Optional.of(signature(Protocol.ANTHROPIC, "Eq:Qß"))),
            new Part.RedactedThinking(signature(Protocol.ANTHROPIC, "Red")),
            new Part.Thinking(JsonString.of("x"), Optional.empty()));
  }

  @Test
  void the_config_is_read() {
    Conversation conversation =
        read(
            "{\"generationConfig\":{\"maxOutputTokens\":\"100\",\"temperature\":0.5,\"topP\":\"0.9\",\"top_k\":40.0,\"seed\":-7,"
                + "\"stopSequences\":[\"END\",\"\\n\"],\"presencePenalty\":0.1,\"frequencyPenalty\":-0.2,\"candidateCount\":1,"
                + "\"responseModalities\":[\"TEXT\"],\"mediaResolution\":\"X\"},\"safetySettings\":[],\"labels\":{\"a\":\"b\"},"
                + HELLO
                + "}");
    assertThat(conversation.maxOutputTokens()).hasValue(100);
    assertThat(conversation.sampling().temperature()).contains(new BigDecimal("0.5"));
    assertThat(conversation.sampling().topP()).contains(new BigDecimal("0.9"));
    assertThat(conversation.sampling().topK()).hasValue(40);
    assertThat(conversation.sampling().seed()).hasValue(-7);
    assertThat(conversation.sampling().stop())
        .containsExactly(JsonString.of("END"), JsonString.of("\n"));
    assertThat(conversation.sampling().presencePenalty()).contains(new BigDecimal("0.1"));
    assertThat(conversation.sampling().frequencyPenalty()).contains(new BigDecimal("-0.2"));
    assertThat(conversation.hints().others())
        .containsExactly("safetySettings", "labels", "generationConfig.mediaResolution");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"thinkingBudget":0}                           | Off[]
          {"thinkingBudget":-1,"includeThoughts":true}   | Adaptive[shown=true]
          {"thinking_budget":2048,"include_thoughts":true} | Budget[tokens=2048, shown=true]
          {"thinkingLevel":"low"}                        | Level[effort=LOW, shown=false]
          {"thinkingLevel":"HIGH","includeThoughts":true} | Level[effort=HIGH, shown=true]
          {"includeThoughts":true}                       | Adaptive[shown=true]
          {"includeThoughts":false}                      | Unsaid[]
          null                                           | Unsaid[]
          """)
  void how_much_is_thought_is_read(String thinking, String reasoning) {
    Reasoning read =
        read("{\"generationConfig\":{\"thinkingConfig\":" + thinking + "}," + HELLO + "}")
            .reasoning();
    assertThat(read).hasToString(reasoning);
  }

  @Test
  void functions_are_read_with_schemas_in_the_words_of_json_schema() {
    Conversation conversation =
        read(
            "{\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\",\"description\":\"does\",\"parameters\":{\"type\":\"OBJECT\","
                + "\"properties\":{\"type\":{\"type\":\"STRING\",\"nullable\":true,\"enum\":[\"A\"]},"
                + "\"list\":{\"type\":\"ARRAY\",\"min_items\":\"2\",\"items\":{\"anyOf\":[{\"type\":\"INTEGER\"},{\"type\":\"NULL\"}]}}},"
                + "\"required\":[\"type\"],\"propertyOrdering\":[\"type\",\"list\"]}}]},"
                + "{\"function_declarations\":[{\"name\":\"g\",\"parametersJsonSchema\":{\"type\":\"object\",\"$defs\":{}}},{\"name\":\"h\"}]}],"
                + HELLO
                + "}");
    assertThat(conversation.tools()).hasSize(3);
    assertThat(json(conversation.tools().get(0).parameters()))
        .isEqualTo(
            "{\"type\":\"object\",\"properties\":{\"type\":{\"type\":[\"string\",\"null\"],\"enum\":[\"A\"]},"
                + "\"list\":{\"type\":\"array\",\"minItems\":2,\"items\":{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"null\"}]}}},"
                + "\"required\":[\"type\"]}");
    assertThat(json(conversation.tools().get(1).parameters()))
        .isEqualTo("{\"type\":\"object\",\"$defs\":{}}");
    assertThat(json(conversation.tools().get(2).parameters()))
        .isEqualTo("{\"type\":\"object\",\"properties\":{}}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"mode":"AUTO"}                                  | Auto[]           | 2
          {"mode":"auto"}                                  | Auto[]           | 2
          {"mode":"NONE"}                                  | None[]           | 2
          {"mode":"ANY"}                                   | Any[]            | 2
          {"mode":"ANY","allowedFunctionNames":["g"]}      | Named[name=g]    | 2
          {"mode":"ANY","allowed_function_names":["g","f"]} | Any[]           | 2
          {"mode":"VALIDATED","allowedFunctionNames":["f"]} | Auto[]          | 1
          {}                                               | Unsaid[]         | 2
          """)
  void whether_a_tool_is_called_is_read(String calling, String choice, int tools) {
    Conversation conversation =
        read(
            "{\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\"},{\"name\":\"g\"}]}],\"toolConfig\":{\"functionCallingConfig\":"
                + calling
                + "},"
                + HELLO
                + "}");
    ToolChoice read = conversation.toolChoice();
    assertThat(
            read instanceof ToolChoice.Named(JsonString name)
                ? "Named[name=" + name.text() + "]"
                : read.toString())
        .isEqualTo(choice);
    assertThat(conversation.tools()).hasSize(tools);
  }

  @Test
  void json_is_asked_for_with_a_schema_or_without() {
    assertThat(format("\"responseMimeType\":\"text/plain\"")).isInstanceOf(OutputFormat.Free.class);
    assertThat(format("\"responseMimeType\":\"application/json\""))
        .isInstanceOf(OutputFormat.Json.class);
    for (String schema :
        List.of(
            "\"responseSchema\":{\"type\":\"OBJECT\",\"property_ordering\":[]}",
            "\"responseJsonSchema\":{\"type\":\"object\"}",
            "\"response_json_schema\":{\"type\":\"object\"}")) {
      assertThat(format("\"responseMimeType\":\"application/json\"," + schema))
          .isInstanceOfSatisfying(
              OutputFormat.Schema.class,
              format -> assertThat(json(format.schema())).isEqualTo("{\"type\":\"object\"}"));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"cachedContent":"cachedContents/1",H}  | cachedContent
          {"tools":[{"googleSearch":{}}],H}       | tools[0]
          {"tools":[{"functionDeclarations":[{}]}],H} | tools[0].functionDeclarations[0].name
          {"generationConfig":{"candidateCount":2},H} | generationConfig.candidateCount
          {"generationConfig":{"responseLogprobs":true},H} | generationConfig.responseLogprobs
          {"generationConfig":{"speechConfig":{}},H} | generationConfig.speechConfig
          {"generationConfig":{"responseModalities":["TEXT","IMAGE"]},H} | generationConfig.responseModalities[1]
          {"generationConfig":{"responseMimeType":"text/x.enum","responseSchema":{}},H} | generationConfig.responseMimeType
          {"generationConfig":{"responseSchema":{}},H} | generationConfig.responseMimeType
          {"generationConfig":{"temperature":"warm"},H} | generationConfig.temperature
          {"generationConfig":{"temperature":1e999999999},H} | generationConfig.temperature
          {"generationConfig":{"topK":1.5},H}     | generationConfig.topK
          {"generationConfig":{"seed":99999999999},H} | generationConfig.seed
          {"generationConfig":{"thinkingConfig":{"thinkingLevel":"much"}},H} | generationConfig.thinkingConfig.thinkingLevel
          {"generationConfig":{"stopSequences":[1]},H} | generationConfig.stopSequences[0]
          {"toolConfig":{"functionCallingConfig":{"mode":"SOME"}},H} | toolConfig.functionCallingConfig.mode
          {"toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["x"]}},H} | toolConfig.functionCallingConfig.allowedFunctionNames[0]
          {"contents":[{"parts":[{}]}]}           | contents[0].parts[0]
          {"contents":[{"parts":[{"executableCode":{"code":"1"}}]}]} | contents[0].parts[0]
          {"contents":[{"parts":[{"functionCall":{"name":"f"}}]}]} | contents[0].parts[0].functionCall
          {"contents":[{"role":"model","parts":[{"functionCall":{}}]}]} | contents[0].parts[0].functionCall.name
          {"contents":[{"role":"model","parts":[{"functionCall":{"name":"f","args":[]}}]}]} | contents[0].parts[0].functionCall.args
          {"contents":[{"role":"model","parts":[{"functionCall":{"name":"f"}}]},{"parts":[{"functionResponse":{"name":"g","response":{}}}]}]} | contents[1].parts[0].functionResponse
          {"contents":[{"role":"model","parts":[{"functionCall":{"name":"f"}}]},{"parts":[{"functionResponse":{"name":"f"}},{"functionResponse":{"name":"f"}}]}]} | contents[1].parts[1].functionResponse
          {"contents":[{"parts":[{"inlineData":{"data":"AAAA"}}]}]} | contents[0].parts[0].inlineData.mimeType
          {"contents":[{"parts":[{"inlineData":{"mimeType":"video/mp4","data":"AAAA"}}]}]} | contents[0].parts[0].inlineData.mimeType
          {"contents":[{"parts":[{"fileData":{"mimeType":"image/png","fileUri":"gs://a/b"}}]}]} | contents[0].parts[0].fileData.fileUri
          {"contents":[{"parts":[{"fileData":{"mimeType":"image/png","fileUri":"https://generativelanguage.googleapis.com/v1beta/files/x"}}]}]} | contents[0].parts[0].fileData.fileUri
          """)
  void what_others_cannot_be_told_is_refused_by_its_name(String body, String param) {
    GeminiRequest request = Given.request(body.replace("H}", HELLO + "}"));
    assertThatThrownBy(request::conversation)
        .isInstanceOfSatisfying(
            RequestFault.class,
            fault -> {
              assertThat(fault.param()).contains(param);
              assertThat(fault.refusal().sentence()).contains("(expected: ");
            });
  }

  private static OutputFormat format(String config) {
    return read("{\"generationConfig\":{" + config + "}," + HELLO + "}").format();
  }

  private static Conversation read(String body) {
    return Given.request(body).conversation();
  }

  private static Part said(String text) {
    return new Part.Text(JsonString.of(text), CacheMark.NONE);
  }

  private static Media inline(String type, String base64) {
    return new Media.Inline(type, JsonString.of(base64));
  }

  private static Signature signature(Protocol protocol, String text) {
    return new Signature(protocol, JsonString.of(text));
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

  static String json(JsonTree tree) {
    ByteSink out = new ByteSink();
    JsonTree.write(tree, out);
    return text(out.take());
  }
}

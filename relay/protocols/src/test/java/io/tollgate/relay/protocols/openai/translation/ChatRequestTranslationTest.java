package io.tollgate.relay.protocols.openai.translation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.conversation.CacheMark;
import io.tollgate.relay.protocols.conversation.Conversation;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.OutputFormat;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.conversation.Reasoning;
import io.tollgate.relay.protocols.conversation.ToolChoice;
import io.tollgate.relay.protocols.conversation.Turn;
import io.tollgate.relay.protocols.openai.Given;
import io.tollgate.relay.protocols.openai.request.ChatBody;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Chat requests as conversations, and conversations as chat requests. */
class ChatRequestTranslationTest {
  private static final JsonMapper JSON = new JsonMapper();

  private static final String WHOLE =
      """
      {"model":"gpt-4o-mini","messages":[
        {"role":"system","content":"Be \\"short\\" \\u00e9"},
        {"role":"user","content":[
          {"type":"text","text":"what is on it?"},
          {"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"low"}},
          {"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}},
          {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERi0x"}},
          {"type":"input_audio","input_audio":{"data":"UklGRg==","format":"wav"}}]},
        {"role":"assistant","content":"I look","tool_calls":[
          {"id":"call_1","type":"function","function":{"name":"look","arguments":"{\\"x\\":1}"}},
          {"id":"call_2","type":"function","function":{"name":"zoom","arguments":""}}]},
        {"role":"tool","tool_call_id":"call_1","content":"a cat"},
        {"role":"tool","tool_call_id":"call_2","content":[{"type":"text","text":"a "},{"type":"text","text":"dog"}]},
        {"role":"user","content":"and?"}],
       "tools":[{"type":"function","function":{"name":"look","description":"looks","strict":true,
         "parameters":{"type":"object","properties":{"x":{"type":"integer"}}}}},
         {"type":"function","function":{"name":"zoom"}}],
       "tool_choice":{"type":"function","function":{"name":"look"}},"parallel_tool_calls":false,
       "max_tokens":77,"temperature":0.30,"top_p":1e-1,"stop":["END","\\n"],"seed":7,
       "frequency_penalty":-1.5,"presence_penalty":0,
       "response_format":{"type":"json_schema","json_schema":{"name":"thing","strict":true,
         "schema":{"type":"object","properties":{},"additionalProperties":false}}},
       "reasoning_effort":"low","user":"u-1","prompt_cache_key":"k","stream":true,
       "stream_options":{"include_usage":true},"metadata":{"a":"b"},"store":true}""";

  @Test
  void everything_that_is_asked_for_is_in_the_conversation() {
    Conversation asked = conversation(WHOLE);

    assertThat(asked.system())
        .singleElement()
        .satisfies(part -> assertThat(words(part)).isEqualTo("Be \"short\" é"));
    assertThat(asked.turns())
        .extracting(Turn::role)
        .containsExactly(
            Turn.Role.USER, Turn.Role.ASSISTANT, Turn.Role.USER, Turn.Role.USER, Turn.Role.USER);
    assertThat(asked.turns().get(0).parts()).hasSize(5);
    assertThat(asked.turns().get(0).parts().get(2))
        .isInstanceOfSatisfying(
            Part.Image.class,
            image ->
                assertThat(image.media())
                    .isInstanceOfSatisfying(
                        Media.Inline.class,
                        inline -> assertThat(inline.type()).isEqualTo("image/png")));
    assertThat(asked.turns().get(2).parts())
        .singleElement()
        .isInstanceOfSatisfying(
            Part.ToolResult.class, result -> assertThat(result.name().text()).isEqualTo("look"));
    assertThat(asked.tools()).hasSize(2);
    assertThat(asked.toolChoice()).isInstanceOf(ToolChoice.Named.class);
    assertThat(asked.parallelCalls()).contains(false);
    assertThat(asked.maxOutputTokens()).hasValue(77);
    assertThat(asked.sampling().stop()).hasSize(2);
    assertThat(asked.format()).isInstanceOf(OutputFormat.Schema.class);
    assertThat(asked.reasoning()).isEqualTo(new Reasoning.Level(Reasoning.Effort.LOW, true));
    assertThat(asked.stream()).isTrue();
    assertThat(asked.hints().others()).containsExactly("metadata", "store");
  }

  @Test
  void a_conversation_written_as_chat_asks_for_the_same_again() {
    ChatBody body = new ChatBody(conversation(WHOLE), "served-model", ThinkingTable.USUAL);
    JsonNode written = JSON.readTree(body.written());
    JsonNode given = JSON.readTree(WHOLE);

    assertThat(written.get("model").asString()).isEqualTo("served-model");
    for (String same :
        new String[] {
          "tool_choice",
          "parallel_tool_calls",
          "max_tokens",
          "seed",
          "response_format",
          "reasoning_effort",
          "user",
          "prompt_cache_key",
          "stream",
          "stream_options",
          "stop"
        }) {
      assertThat(written.get(same)).as(same).isEqualTo(given.get(same));
    }
    assertThat(written.get("temperature").decimalValue()).isEqualByComparingTo("0.3");
    assertThat(written.get("top_p").decimalValue()).isEqualByComparingTo("0.1");
    assertThat(written.get("messages").get(0)).isEqualTo(given.get("messages").get(0));
    assertThat(written.get("messages").get(1)).isEqualTo(given.get("messages").get(1));
    assertThat(written.get("messages").get(2).get("tool_calls").get(1).get("function"))
        .isEqualTo(JSON.readTree("{\"name\":\"zoom\",\"arguments\":\"{}\"}"));
    assertThat(written.get("messages").get(4)).isEqualTo(given.get("messages").get(4));
    assertThat(written.get("tools").get(0)).isEqualTo(given.get("tools").get(0));
    assertThat(body.dropped()).containsExactly("metadata", "store");
  }

  @Test
  void a_written_conversation_is_read_as_the_same_conversation() {
    String once =
        new String(
            new ChatBody(conversation(WHOLE), "m", ThinkingTable.USUAL).written(),
            StandardCharsets.UTF_8);
    String twice =
        new String(
            new ChatBody(conversation(once), "m", ThinkingTable.USUAL).written(),
            StandardCharsets.UTF_8);

    assertThat(twice).isEqualTo(once);
  }

  @Test
  void a_picture_in_a_result_follows_as_the_users() {
    JsonNode written =
        JSON.readTree(
            new ChatBody(
                    conversation(
                        """
                        {"model":"m","messages":[{"role":"assistant","tool_calls":[{"id":"c","type":"function",
                          "function":{"name":"f","arguments":"{}"}}]},
                         {"role":"tool","tool_call_id":"c","content":[{"type":"text","text":"see"},
                          {"type":"image_url","image_url":{"url":"https://e.com/a.png"}}]}]}"""),
                    "m",
                    ThinkingTable.USUAL)
                .written());

    assertThat(written.get("messages").get(1).get("content").asString()).isEqualTo("see");
    assertThat(written.get("messages").get(2).get("role").asString()).isEqualTo("user");
    assertThat(written.get("messages").get(2).get("content").get(0).get("type").asString())
        .isEqualTo("image_url");
  }

  @Test
  void marks_for_the_cache_and_signatures_of_others_are_kept() {
    Conversation asked =
        conversation(
            """
            {"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"a","cache_control":
              {"type":"ephemeral","ttl":"1h"}},{"type":"text","text":"b","cache_control":{"type":"ephemeral"}}]},
             {"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"},
              "extra_content":{"google":{"thought_signature":"c2ln"}}}]}]}""");

    assertThat(asked.turns().getFirst().parts())
        .extracting(Part::cache)
        .containsExactly(CacheMark.ONE_HOUR, CacheMark.FIVE_MINUTES);
    assertThat(asked.turns().get(1).parts().getFirst())
        .isInstanceOfSatisfying(
            Part.ToolCall.class,
            call ->
                assertThat(call.signature())
                    .hasValueSatisfying(
                        signature -> assertThat(signature.protocol()).isEqualTo(Protocol.GEMINI)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "\"n\":2|n",
        "\"logprobs\":true|logprobs",
        "\"modalities\":[\"text\",\"audio\"]|modalities",
        "\"audio\":{\"voice\":\"alloy\"}|audio",
        "\"web_search_options\":{}|web_search_options",
        "\"functions\":[]|functions",
        "\"tools\":[{\"type\":\"web_search\"}]|tools[0].type",
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":7}}]|tools[0].function.name",
        "\"tools\":{}|tools",
        "\"tool_choice\":\"maybe\"|tool_choice",
        "\"tool_choice\":7|tool_choice",
        "\"temperature\":\"hot\"|temperature",
        "\"temperature\":1e999999999|temperature",
        "\"stop\":[7]|stop",
        "\"response_format\":{\"type\":\"grammar\"}|response_format.type",
        "\"response_format\":{\"type\":\"json_schema\"}|response_format.json_schema",
        "\"reasoning_effort\":\"extreme\"|reasoning_effort",
        "\"seed\":1.5|seed",
      })
  void what_others_cannot_be_told_is_refused_by_name(String member, String param) {
    assertRefused(
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]," + member + "}",
        param);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"role\":\"oracle\",\"content\":\"a\"}|messages[0].role",
        "{\"content\":\"a\"}|messages[0].role",
        "{\"role\":\"user\",\"content\":7}|messages[0].content",
        "{\"role\":\"user\",\"content\":[7]}|messages[0].content[0]",
        "{\"role\":\"user\",\"content\":[{\"type\":\"hologram\"}]}|messages[0].content[0].type",
        "{\"role\":\"tool\",\"tool_call_id\":\"x\",\"content\":\"a\"}|messages[0].tool_call_id",
        "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,?\"}}]}"
            + "|messages[0].content[0].image_url.url",
        "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"file:///etc/passwd\"}}]}"
            + "|messages[0].content[0].image_url.url",
        "{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"%\",\"format\":\"wav\"}}]}"
            + "|messages[0].content[0].input_audio.data",
        "{\"role\":\"user\",\"content\":[{\"type\":\"file\",\"file\":{\"file_id\":\"file-1\"}}]}"
            + "|messages[0].content[0].file.file_id",
        "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\"}]}"
            + "|messages[0].tool_calls[0].function",
      })
  void a_message_that_cannot_be_read_is_refused_by_its_place(String message, String param) {
    assertRefused("{\"model\":\"m\",\"messages\":[" + message + "]}", param);
  }

  private static void assertRefused(String body, String param) {
    assertThatThrownBy(() -> new ChatBody(conversation(body), "m", ThinkingTable.USUAL).written())
        .isInstanceOfSatisfying(
            RequestFault.class,
            fault -> {
              assertThat(fault.param()).contains(param);
              assertThat(fault.refusal().sentence()).contains("expected: ");
            });
  }

  private static String words(Part part) {
    return part instanceof Part.Text text ? text.text().text() : "";
  }

  private static Conversation conversation(String body) {
    return Given.chat(body.getBytes(StandardCharsets.UTF_8)).conversation();
  }
}

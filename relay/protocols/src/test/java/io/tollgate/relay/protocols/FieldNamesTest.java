package io.tollgate.relay.protocols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.anthropic.Given;
import io.tollgate.relay.protocols.responses.Said;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an upstream cannot be told is refused by the name that the caller gave it. */
class FieldNamesTest {
  private static final Protocols PROTOCOLS = new Protocols(402);
  private static final String SCHEMA_CALL = "[{\"role\":\"user\",\"content\":\"x\"}]";

  private static RequestFault fault(CallerRequest request, Protocol upstream) {
    RequestFault fault =
        catchThrowableOfType(
            RequestFault.class, () -> PROTOCOLS.call(request, upstream, "some-model", Map.of(), 1));
    assertThat(fault.refusal().sentence())
        .startsWith(fault.param().orElseThrow() + ": ")
        .contains("(expected: ");
    return fault;
  }

  private static CallerRequest chat(String more) {
    return io.tollgate.relay.protocols.openai.Given.chat(
        Given.utf8("{\"model\":\"m\",\"messages\":" + SCHEMA_CALL + more + "}"));
  }

  private static CallerRequest gemini(String contents, String more) {
    return io.tollgate.relay.protocols.gemini.Given.content(
        "{\"contents\":" + contents + more + "}");
  }

  @Test
  void any_json_object_is_named_as_each_caller_asks_for_it() {
    assertThat(
            fault(chat(",\"response_format\":{\"type\":\"json_object\"}"), Protocol.ANTHROPIC)
                .param())
        .contains("response_format");
    assertThat(
            fault(
                    Said.request(
                        "{\"model\":\"m\",\"input\":\"x\",\"text\":{\"format\":{\"type\":\"json_object\"}}}"),
                    Protocol.ANTHROPIC)
                .param())
        .contains("text.format");
    assertThat(
            fault(
                    gemini(
                        "[{\"parts\":[{\"text\":\"x\"}]}]",
                        ",\"generationConfig\":{\"responseMimeType\":\"application/json\"}"),
                    Protocol.ANTHROPIC)
                .param())
        .contains("generationConfig.responseMimeType");
  }

  @Test
  void stops_and_penalties_are_named_as_each_caller_sets_them() {
    assertThat(fault(Given.request(",\"stop_sequences\":[\"a\"]"), Protocol.RESPONSES).param())
        .contains("stop_sequences");
    assertThat(fault(chat(",\"stop\":[\"a\"]"), Protocol.RESPONSES).param()).contains("stop");
    String text = "[{\"parts\":[{\"text\":\"x\"}]}]";
    assertThat(
            fault(
                    gemini(text, ",\"generationConfig\":{\"stopSequences\":[\"a\"]}"),
                    Protocol.RESPONSES)
                .param())
        .contains("generationConfig.stopSequences");
    assertThat(
            fault(
                    gemini(text, ",\"generationConfig\":{\"presencePenalty\":0.5}"),
                    Protocol.RESPONSES)
                .param())
        .contains("generationConfig.presencePenalty");
  }

  @Test
  void what_is_said_is_named_as_each_caller_says_it() {
    String sound =
        "[{\"role\":\"user\",\"parts\":[{\"inlineData\":{\"mimeType\":\"audio/wav\",\"data\":\"UklGRg==\"}}]}]";
    assertThat(fault(gemini(sound, ""), Protocol.ANTHROPIC).param()).contains("contents");
    assertThat(
            fault(
                    Said.request(
                        "{\"model\":\"m\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\","
                            + "\"image_url\":\"https://example.com/a.png\"}]}]}"),
                    Protocol.GEMINI)
                .param())
        .contains("input");
  }
}

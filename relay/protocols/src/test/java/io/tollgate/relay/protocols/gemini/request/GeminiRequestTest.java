package io.tollgate.relay.protocols.gemini.request;

import static io.tollgate.relay.protocols.gemini.Given.text;
import static io.tollgate.relay.protocols.gemini.Given.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.Protocol;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.Counters;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.Signature;
import io.tollgate.relay.protocols.gemini.Given;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiRequestTest {
  private static final String HELLO =
      "\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"Hello\"}]}]";

  @ParameterizedTest
  @ValueSource(strings = {"gemini-2.5-flash", "models/gemini-2.5-flash"})
  void the_model_is_in_the_path_with_its_collection_or_without(String model) {
    GeminiRequest request = GeminiRequest.parse(model, AnswerShape.EVENTS, utf8("{" + HELLO + "}"));
    assertThat(request.model()).isEqualTo("gemini-2.5-flash");
    assertThat(request.stream()).isTrue();
    assertThat(request.protocol()).isEqualTo(Protocol.GEMINI);
    assertThat(request.bodyBytes()).isEqualTo(request.body().length);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"generationConfig\":{\"maxOutputTokens\":77,\"candidateCount\":3},\"serviceTier\":\"flex\"",
        "\"generation_config\":{\"max_output_tokens\":77,\"candidate_count\":3},\"service_tier\":\"FLEX\"",
        "\"generationConfig\":{\"maxOutputTokens\":\"77\",\"candidateCount\":3.0},\"serviceTier\":\"flex\""
      })
  void what_is_given_is_read_in_either_case(String more) {
    GeminiRequest request = Given.request("{" + more + "," + HELLO + "}");
    assertThat(request.maxOutputTokens()).hasValue(77);
    assertThat(request.choices()).isEqualTo(3);
    assertThat(request.tier()).contains(ServiceTier.FLEX);
    assertThat(request.inputElsewhere()).isFalse();
  }

  @Test
  void what_is_not_given_or_null_has_its_default() {
    for (String more :
        new String[] {
          "",
          "\"generationConfig\":null,\"tools\":null,\"systemInstruction\":null,\"cachedContent\":null,",
          "\"generationConfig\":{\"maxOutputTokens\":null,\"candidateCount\":null},"
        }) {
      GeminiRequest request = Given.request("{" + more + HELLO + "}");
      assertThat(request.maxOutputTokens()).isEmpty();
      assertThat(request.choices()).isEqualTo(1);
      assertThat(request.tier()).isEmpty();
      assertThat(request.inputElsewhere()).isFalse();
    }
  }

  @Test
  void an_output_limit_beyond_all_measure_is_cut() {
    GeminiRequest request =
        Given.request(
            "{\"generationConfig\":{\"maxOutputTokens\":99999999999999999999}," + HELLO + "}");
    assertThat(request.maxOutputTokens()).hasValue(TokenUsage.MAX_TOKENS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"cachedContent\":\"cachedContents/1\",H}",
        "{\"tools\":[{\"googleSearch\":{}}],H}",
        "{\"tools\":[{\"url_context\":{}},{\"functionDeclarations\":[]}],H}",
        "{\"tools\":{\"codeExecution\":{}},H}",
        "{\"contents\":[{\"parts\":[{\"fileData\":{\"fileUri\":\"gs://b/a.pdf\"}}]}]}",
        "{\"contents\":[{\"parts\":[{\"functionCall\":{\"name\":\"f\"}}]},{\"parts\":[{\"function_response\":{\"name\":\"f\",\"parts\":[{\"file_data\":{\"file_uri\":\"x\"}}]}}]}]}"
      })
  void input_that_is_not_in_the_body_is_noticed(String body) {
    assertThat(Given.request(body.replace("H", HELLO)).inputElsewhere()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                                             | contents | contents: missing (expected: an array of contents)
          {"contents":null}                              | contents | contents: missing (expected: an array of contents)
          {"contents":[]}                                | contents | contents: empty (expected: at least one content)
          {"contents":"Hello"}                           | contents | contents: a string (expected: an array of contents)
          {"contents":[7]}                               | contents[0] | contents[0]: a number (expected: a content, an object)
          {"contents":[{"role":"user"}]}                 | contents[0].parts | contents[0].parts: missing or empty (expected: at least one part)
          {"contents":[{"parts":[]}]}                    | contents[0].parts | contents[0].parts: missing or empty (expected: at least one part)
          {"contents":[{"parts":"Hello"}]}               | contents[0].parts | contents[0].parts: a string (expected: an array of parts)
          {"contents":[{"parts":["Hello"]}]}             | contents[0].parts[0] | contents[0].parts[0]: a string (expected: a part, an object)
          {"contents":[{"parts":[{"text":5}]}]}          | contents[0].parts[0].text | contents[0].parts[0].text: a number (expected: a string)
          {"contents":[{"role":"assistant","parts":[{"text":"a"}]}]} | contents[0].role | contents[0].role: "assistant" (expected: "user" or "model")
          {"contents":[{"role":3,"parts":[{"text":"a"}]}]} | contents[0].role | contents[0].role: a number (expected: "user" or "model")
          {"contents":[{"parts":[{"functionResponse":{"name":"f","response":{}}}]}]} | contents[0].parts[0].functionResponse | contents[0].parts[0].functionResponse: answers no call (expected: a functionCall of the model before it)
          {"contents":[{"parts":[{"functionCall":"f"}]}]} | contents[0].parts[0].functionCall | contents[0].parts[0].functionCall: a string (expected: an object)
          {"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"not base64!"}}]}]} | contents[0].parts[0].inlineData.data | contents[0].parts[0].inlineData.data: not base64 at character 3 (expected: base64, without the beginning of a data URL)
          {"contents":[{"parts":[{"inline_data":{"mime_type":"image/png","data":"AAAAA"}}]}]} | contents[0].parts[0].inlineData.data | contents[0].parts[0].inlineData.data: not base64 at character 5 (expected: base64, without the beginning of a data URL)
          {"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"data:image/png;base64,AAAA"}}]}]} | contents[0].parts[0].inlineData.data | contents[0].parts[0].inlineData.data: not base64 at character 4 (expected: base64, without the beginning of a data URL)
          {"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":""}}]}]} | contents[0].parts[0].inlineData.data | contents[0].parts[0].inlineData.data: empty (expected: base64)
          {"contents":[{"parts":[{"inlineData":{"mimeType":"image/png"}}]}]} | contents[0].parts[0].inlineData.data | contents[0].parts[0].inlineData.data: missing (expected: base64)
          {"systemInstruction":"Be brief",H}             | systemInstruction | systemInstruction: a string (expected: a content, an object)
          {"tools":"x",H}                                | tools    | tools: a string (expected: an array of tools)
          {"tools":["x"],H}                              | tools[0] | tools[0]: a string (expected: a tool, an object)
          {"generationConfig":[],H}                      | generationConfig | generationConfig: an array (expected: an object)
          {"generationConfig":{"maxOutputTokens":0},H}   | generationConfig.maxOutputTokens | generationConfig.maxOutputTokens: 0 (expected: a whole number >= 1)
          {"generationConfig":{"maxOutputTokens":-1},H}  | generationConfig.maxOutputTokens | generationConfig.maxOutputTokens: -1 (expected: a whole number >= 1)
          {"generationConfig":{"max_output_tokens":"many"},H} | generationConfig.maxOutputTokens | generationConfig.maxOutputTokens: many (expected: a whole number >= 1)
          {"generationConfig":{"candidateCount":9},H}    | generationConfig.candidateCount | generationConfig.candidateCount: 9 (expected: a whole number, 1 to 8)
          {"generationConfig":{"candidateCount":1.5},H}  | generationConfig.candidateCount | generationConfig.candidateCount: 1.5 (expected: a whole number, 1 to 8)
          {"system_instruction":{"parts":[{"text":"a"}]},"systemInstruction":{"parts":[{"text":"b"}]},H} | systemInstruction | systemInstruction: given twice (expected: once)
          """)
  void a_wrong_parameter_is_refused_by_name(String body, String param, String message) {
    assertThatThrownBy(() -> Given.request(body.replace("H}", HELLO + "}")))
        .isInstanceOfSatisfying(
            RequestFault.class,
            fault -> {
              assertThat(fault.refusal().sentence()).isEqualTo(message);
              assertThat(fault.param()).contains(param);
            });
  }

  @Test
  void ten_thousand_tools_are_refused() {
    String one = "{\"name\":\"f\"},";
    String tools = one.repeat(10_000) + "{\"name\":\"g\"}";
    assertThatThrownBy(
            () ->
                Given.request(
                    "{\"tools\":[{\"functionDeclarations\":[" + tools + "]}]," + HELLO + "}"))
        .hasMessage("tools: 10001 functions (expected: at most 1024)");
  }

  @Test
  void a_body_cut_anywhere_is_refused() {
    byte[] body =
        utf8(
            "{\"tools\":[{\"functionDeclarations\":[{\"name\":\"f\"}]}],\"generationConfig\":"
                + "{\"maxOutputTokens\":5},\"contents\":[{\"parts\":[{\"inlineData\":{\"mimeType\":"
                + "\"image/png\",\"data\":\"AAAA\"}}]}]}");
    for (int cut = 0; cut < body.length; cut++) {
      byte[] part = Arrays.copyOf(body, cut);
      assertThatThrownBy(() -> GeminiRequest.parse("m", AnswerShape.DOCUMENT, part))
          .isInstanceOf(RequestFault.class);
    }
  }

  /** 3 for the request, 4 for each content, bytes ÷ 3 for its texts. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"parts":[{"text":"Hello!"}]}                                          | 9
          {"parts":{"text":"Hello!"}}                                            | 9
          {"parts":[{"text":"Hel\\u006co!"}]}                                  | 11
          {"role":"model","parts":[{"text":"Hello!","thought":true,"thoughtSignature":"AAAAAAAA"}]} | 9
          {"parts":[{"inlineData":{"mimeType":"image/png","data":"AAAA"}}]}       | 1127
          {"parts":[{"inline_data":{"data":"AAAA","mime_type":"image/png"}}]}     | 1127
          {"parts":[{"inlineData":{"mimeType":"audio/mp3","data":"AAAA"}}]}       | 8
          {"parts":[{"inlineData":{"mimeType":"application/pdf","data":"AAAA"}}]} | 8
          {"parts":[{"fileData":{"fileUri":"gs://b/c"}}]}                        | 1127
          {"parts":[{"functionCall":{"id":"x","name":"abc","args":{"a":"abc"}}}]} | 9
          """)
  void input_is_counted_by_what_it_is(String content, long tokens) {
    GeminiRequest request = Given.request("{\"contents\":[" + content + "]}");
    assertThat(Counters.EXACT.count(request.model(), request.input())).isEqualTo(tokens);
  }

  @Test
  void base64_in_what_a_tool_answered_is_no_text() {
    String picture = "QUJD".repeat(25_000);
    String call = "{\"role\":\"model\",\"parts\":[{\"functionCall\":{\"name\":\"f\"}}]}";
    for (String response :
        new String[] {
          "\"response\":{\"content\":[{\"type\":\"image\",\"data\":\"P\"}]}",
          "\"response\":{\"a\":\"data:image/png;base64,P\"}",
          "\"response\":{},\"parts\":[{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"P\"}}]"
        }) {
      GeminiRequest request =
          Given.request(
              "{\"contents\":["
                  + call
                  + ",{\"parts\":[{\"functionResponse\":{\"name\":\"f\","
                  + response.replace("P", picture)
                  + "}}]}]}");
      assertThat(Counters.EXACT.count(request.model(), request.input())).isBetween(1120L, 1160L);
    }
  }

  @Test
  void a_request_to_count_holds_contents_or_a_whole_request() {
    GeminiRequest plain = GeminiRequest.parseCount("m", utf8("{" + HELLO + "}"));
    GeminiRequest wrapped =
        GeminiRequest.parseCount(
            "m", utf8("{\"generateContentRequest\":{\"model\":\"models/m\"," + HELLO + "}}"));
    assertThat(Counters.EXACT.count("m", wrapped.input()))
        .isEqualTo(Counters.EXACT.count("m", plain.input()));
    assertThatThrownBy(() -> Given.request("{\"generateContentRequest\":{" + HELLO + "}}"))
        .isInstanceOf(RequestFault.class);
  }

  @Test
  void to_an_upstream_of_its_own_protocol_the_body_is_the_same_array() {
    byte[] body = utf8("{\"unknown\":{\"a\":1}," + HELLO + "}");
    assertThat(GeminiRequest.parse("m", AnswerShape.DOCUMENT, body).ownBody()).isSameAs(body);
  }

  @Test
  void requests_of_one_conversation_share_a_key() {
    String system = "\"systemInstruction\":{\"parts\":[{\"text\":\"Be brief\"}]},";
    String first = "{\"parts\":[{\"text\":\"Hello\"}]}";
    String later =
        first
            + ",{\"role\":\"model\",\"parts\":[{\"text\":\"Yes?\"}]},{\"parts\":[{\"text\":\"Go\"}]}";
    long key = Given.request("{" + system + "\"contents\":[" + first + "]}").conversationKey();
    assertThat(Given.request("{" + system + "\"contents\":[" + later + "]}").conversationKey())
        .isEqualTo(key)
        .isNotZero();
    assertThat(Given.request("{\"contents\":[" + first + "]}").conversationKey()).isNotEqualTo(key);
  }

  @Test
  void a_signature_of_another_provider_is_not_shown_to_gemini() {
    JsonString foreign =
        SignatureText.written(
            new Signature(Protocol.ANTHROPIC, JsonString.of("EqQBCgIYAh")), false);
    String body =
        "{\"contents\":[{\"role\":\"model\",\"parts\":[{\"text\":\"a\",\"thought_signature\":\"S\"},"
            + "{\"functionCall\":{\"name\":\"f\"},\"thoughtSignature\":\"S\"},"
            + "{\"functionCall\":{\"name\":\"f\"},\"thoughtSignature\":\"T1dO\"}]}]}";
    GeminiRequest request = Given.request(body.replace("\"S\"", "\"" + foreign.text() + "\""));
    assertThat(text(request.ownBody()))
        .isEqualTo(body.replace("\"S\"", "\"skip_thought_signature_validator\""));
  }
}

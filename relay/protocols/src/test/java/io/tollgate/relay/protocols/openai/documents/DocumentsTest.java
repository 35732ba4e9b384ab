package io.tollgate.relay.protocols.openai.documents;

import static io.tollgate.relay.protocols.openai.Given.text;
import static io.tollgate.relay.protocols.openai.Given.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.Counters;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.openai.Given;
import io.tollgate.relay.protocols.openai.OpenAiUpstream;
import io.tollgate.relay.protocols.usage.UsageBounds;
import io.tollgate.relay.protocols.usage.UsageRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentsTest {
  private static final String VECTORS =
      "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.1,-2e-3]}],"
          + "\"model\":\"text-embedding-3-small\",\"usage\":%s}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "Hello there"         | 2
          ["Hello there","Hi"]  | 3
          [1,2,3]               | 3
          [[1,2],[3]]           | 3
          """)
  void texts_and_tokens_are_counted(String input, long tokens) {
    DocumentRequest request = embeddings("{\"model\":\"gpt-4o\",\"input\":" + input + "}");
    assertThat(Counters.EXACT.count("gpt-4o", request.input())).isEqualTo(tokens);
    assertThat(request.stream()).isFalse();
    assertThat(request.maxOutputTokens()).hasValue(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"input":"x"}                      | model: missing (expected: the name of a model)
          {"model":"m"}                      | input: missing (expected: a text, or an array of at least one)
          {"model":"m","input":[]}           | input: empty (expected: a text, or an array of at least one)
          {"model":"m","input":""}           | input: empty (expected: a text of at least one character)
          {"model":"m","input":["a",""]}     | input[1]: empty (expected: a text of at least one character)
          {"model":"m","input":["a",1]}      | input[1]: texts and tokens mixed (expected: one or the other)
          {"model":"m","input":[["a"]]}      | input[0][0]: a string (expected: a token)
          {"model":"m","input":[[]]}         | input[0]: empty (expected: at least one token)
          {"model":"m","input":{"a":1}}      | input: an object (expected: a text, an array of texts, or of tokens)
          {"model":"m","input":"a","input":"b"} | input: given twice (expected: once)
          {"model":"m","input":              | body: not JSON at byte 21: the JSON value is not complete
          """)
  void what_is_wrong_is_told(String body, String told) {
    assertThatThrownBy(() -> embeddings(body)).isInstanceOf(RequestFault.class).hasMessage(told);
  }

  @Test
  void the_body_passes_but_for_the_models_name() {
    String body =
        "{ \"dimensions\":3,\"model\":\"m\",\"input\":\"x\",\"encoding_format\":\"base64\"}";
    DocumentRequest request = embeddings(body);
    UpstreamCall call = new OpenAiUpstream(ThinkingTable.USUAL).call(request, "n");
    assertThat(text(call.body())).isEqualTo(body.replace("\"m\"", "\"n\""));
    assertThat(call.path()).isEqualTo("/embeddings");
    byte[] same = utf8(body);
    assertThat(DocumentRequest.parse(DocumentKind.EMBEDDINGS, same).call("m").body())
        .isSameAs(same);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"prompt_tokens":8,"total_tokens":8}  | 8  | true
          {"prompt_tokens":8}                   | 8  | true
          {"input_tokens":8,"total_tokens":8}   | 8  | true
          {"prompt_tokens":0,"total_tokens":0}  | 40 | false
          {"prompt_tokens":-8,"total_tokens":8} | 40 | false
          {"prompt_tokens":9000000,"total_tokens":9000000} | 40 | false
          null                                  | 40 | false
          """)
  void vectors_cost_their_input_and_nothing_else(String report, long input, boolean reported) {
    WholeAnswer answer = answer(DocumentKind.EMBEDDINGS, VECTORS.formatted(report));
    assertThat(answer.verdict()).isInstanceOf(AnswerVerdict.Answer.class);
    assertThat(answer.charged().usage()).isEqualTo(TokenUsage.of(input, 0));
    assertThat(answer.charged().reported()).isEqualTo(reported);
    assertThat(text(answer.body())).isEqualTo(VECTORS.formatted(report));
  }

  @Test
  void a_report_beyond_what_was_sent_is_told() {
    WholeAnswer answer =
        answer(
            DocumentKind.EMBEDDINGS,
            VECTORS.formatted("{\"prompt_tokens\":9000000,\"total_tokens\":9000000}"));
    assertThat(answer.charged().disbelief().orElseThrow().rule())
        .isEqualTo(UsageRule.INPUT_AS_SENT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}
          {"data":[]}
          {"data":[ ],"usage":{"prompt_tokens":8,"total_tokens":8}}
          {"data":null}
          {"results":[{}]}
          {"data":[{"embedding":[0.1
          <html></html>
          []
          ~~
          """)
  void without_a_vector_it_is_no_answer_and_free(String body) {
    WholeAnswer answer = answer(DocumentKind.EMBEDDINGS, body == null ? "" : body);
    assertThat(answer.verdict()).isInstanceOf(AnswerVerdict.NoAnswer.class);
    assertThat(answer.charged().usage()).isEqualTo(TokenUsage.NONE);
  }

  @Test
  void an_error_in_place_of_vectors_is_one() {
    WholeAnswer answer =
        answer(DocumentKind.EMBEDDINGS, "{\"error\":{\"message\":\"later\",\"code\":\"503\"}}");
    assertThat(((AnswerVerdict.Failed) answer.verdict()).fault().status()).isEqualTo(503);
  }

  @Test
  void moderations_are_free_and_have_a_usual_model() {
    String body =
        "{ \"input\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.example/b\"}}]}";
    DocumentRequest request = DocumentRequest.parse(DocumentKind.MODERATIONS, utf8(body));
    assertThat(request.model()).isEqualTo("omni-moderation-latest");
    assertThat(Counters.EXACT.count("gpt-4o", request.input())).isZero();
    assertThat(text(request.call("omni-moderation-latest").body())).isEqualTo(body);
    assertThat(text(request.call("other").body()))
        .isEqualTo("{\"model\":\"other\"," + body.substring(1));
    WholeAnswer answer =
        answer(
            DocumentKind.MODERATIONS,
            "{\"id\":\"modr-1\",\"model\":\"m\",\"results\":[{\"flagged\":false}],"
                + "\"usage\":{\"prompt_tokens\":8,\"total_tokens\":8}}");
    assertThat(answer.verdict()).isInstanceOf(AnswerVerdict.Answer.class);
    assertThat(answer.charged().usage()).isEqualTo(TokenUsage.NONE);
  }

  private static DocumentRequest embeddings(String body) {
    return DocumentRequest.parse(DocumentKind.EMBEDDINGS, utf8(body));
  }

  private static WholeAnswer answer(DocumentKind kind, String answer) {
    return DocumentRequest.parse(kind, utf8("{\"model\":\"m\",\"input\":\"x\"}"))
        .call("m")
        .whole(utf8(answer), Given.within(UsageBounds.of(40, 300, false, 128_000, 1, 16_384, 4)));
  }
}

package io.tollgate.relay.protocols.embeddings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.Protocol;
import io.tollgate.relay.protocols.AnswerVerdict;
import io.tollgate.relay.protocols.CallerProtocol;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.Counters;
import io.tollgate.relay.protocols.Protocols;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.RequestHead;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.WholeAnswer;
import io.tollgate.relay.protocols.gemini.Given;
import io.tollgate.relay.protocols.usage.UsageBounds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors of texts, from callers of either protocol to providers of either. */
class EmbeddingsTranslationTest {
  private static final Protocols PROTOCOLS = new Protocols(402);
  private static final UsageBounds BOUNDS = UsageBounds.of(9, 90, false, 8_000, 1, 100, 4);

  @Test
  void openais_callers_texts_are_told_to_geminis_provider() {
    CallerRequest request =
        openAi(
            "{\"model\":\"m\",\"input\":[\"a\\n\",\"\\u00e4\"],\"dimensions\":3,\"user\":\"u\"}");
    assertThat(PROTOCOLS.answering(request)).isEqualTo(Set.of(Protocol.OPENAI, Protocol.GEMINI));
    UpstreamCall call = call(request, Protocol.GEMINI, "gem");
    assertThat(call.path()).isEqualTo("/models/gem:batchEmbedContents");
    assertThat(call.dropped()).containsExactly("user");
    assertThat(text(call.body()))
        .isEqualTo(
            "{\"requests\":[{\"model\":\"models/gem\",\"content\":{\"parts\":[{\"text\":\"a\\n\"}]},"
                + "\"outputDimensionality\":3},{\"model\":\"models/gem\",\"content\":{\"parts\":"
                + "[{\"text\":\"\\u00e4\"}]},\"outputDimensionality\":3}]}");
    WholeAnswer answer =
        whole(call, "{\"embeddings\":[{\"values\":[0.5,-1]},{\"values\":[ 2e-1 ]}]}");
    assertThat(text(answer.body()))
        .isEqualTo(
            "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.5,-1]},"
                + "{\"object\":\"embedding\",\"index\":1,\"embedding\":[ 2e-1 ]}],\"model\":\"m\","
                + "\"usage\":{\"prompt_tokens\":9,\"total_tokens\":9}}");
    assertThat(answer.charged().usage().input()).isEqualTo(9);
    assertThat(answer.charged().reported()).isFalse();
  }

  @Test
  void numbers_become_base64_for_who_asks_for_that() {
    CallerRequest request =
        openAi("{\"model\":\"m\",\"input\":\"a\",\"encoding_format\":\"base64\"}");
    WholeAnswer answer =
        whole(
            call(request, Protocol.GEMINI, "m"),
            "{\"embeddings\":[{\"values\":[1,-0.5]}],\"usageMetadata\":{\"promptTokenCount\":4}}");
    // 0x3f800000 and 0xbf000000, the lowest byte first
    assertThat(text(answer.body())).contains("\"embedding\":\"AACAPwAAAL8=\"");
    assertThat(answer.charged().usage().input()).isEqualTo(4);
    assertThat(answer.charged().reported()).isTrue();
  }

  @Test
  void googles_callers_texts_are_told_to_openais_provider_and_come_back_in_order() {
    CallerRequest request =
        gemini(
            true,
            "{\"requests\":[{\"model\":\"models/m\",\"content\":{\"parts\":[{\"text\":\"a\"},{\"text\":\"b\"}]},"
                + "\"taskType\":\"RETRIEVAL_QUERY\"},{\"content\":{\"parts\":[{\"text\":\"c\"}]}}]}");
    UpstreamCall call = call(request, Protocol.OPENAI, "text-embedding-3-small");
    assertThat(call.path()).isEqualTo("/embeddings");
    assertThat(call.dropped()).containsExactly("taskType");
    assertThat(text(call.body()))
        .isEqualTo(
            "{\"model\":\"text-embedding-3-small\",\"input\":[\"ab\",\"c\"],\"encoding_format\":\"float\"}");
    WholeAnswer answer =
        whole(
            call,
            "{\"data\":[{\"embedding\":[2],\"index\":1},{\"index\":0,\"embedding\":[1]}],"
                + "\"usage\":{\"prompt_tokens\":5,\"total_tokens\":5}}");
    assertThat(text(answer.body()))
        .isEqualTo(
            "{\"embeddings\":[{\"values\":[1]},{\"values\":[2]}],\"usageMetadata\":{\"promptTokenCount\":5}}");
    assertThat(answer.charged().usage().input()).isEqualTo(5);
  }

  @Test
  void one_text_is_answered_with_one_vector() {
    CallerRequest request =
        gemini(false, "{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"outputDimensionality\":2}");
    UpstreamCall call = call(request, Protocol.OPENAI, "m");
    assertThat(text(call.body())).endsWith(",\"dimensions\":2}");
    WholeAnswer answer = whole(call, "{\"data\":[{\"embedding\":[1,2]}]}");
    assertThat(text(answer.body())).startsWith("{\"embedding\":{\"values\":[1,2]},");
  }

  @Test
  void googles_own_provider_gets_the_bytes_and_another_name_where_it_has_one() {
    String body =
        "{ \"requests\":[{\"model\":\"models/m\",\"content\":{\"parts\":[{\"text\":\"a\"}]},\"new\":1}]}";
    CallerRequest request = gemini(true, body);
    UpstreamCall same = call(request, Protocol.GEMINI, "m");
    assertThat(text(same.body())).isEqualTo(body);
    UpstreamCall renamed = call(request, Protocol.GEMINI, "other");
    assertThat(renamed.path()).isEqualTo("/models/other:batchEmbedContents");
    assertThat(text(renamed.body())).contains("\"model\":\"models/other\"").contains("\"new\":1");
    String answer = "{\"embeddings\":[{\"values\":[1], \"x\":{}}]}";
    assertThat(text(whole(same, answer).body())).isEqualTo(answer);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"model\":\"m\",\"input\":[1,2]} | input: tokens",
        "{\"model\":\"m\",\"input\":[[1],[2]]} | input: tokens",
        "{\"model\":\"m\",\"input\":\"a\",\"dimensions\":-1} | dimensions: not one",
        "{\"model\":\"m\",\"input\":\"a\",\"dimensions\":\"x\"} | dimensions: not one",
        "{\"model\":\"m\",\"input\":\"a\",\"x\":1,\"x\":2} | body: ",
      })
  void what_geminis_provider_cannot_be_told_is_refused(String body, String why) {
    CallerRequest request = openAi(body);
    assertThatThrownBy(() -> call(request, Protocol.GEMINI, "m"))
        .isInstanceOf(RequestFault.class)
        .hasMessageContaining(why);
  }

  @Test
  void more_texts_than_the_provider_takes_are_refused() {
    CallerRequest request =
        openAi("{\"model\":\"m\",\"input\":[\"a\"" + ",\"a\"".repeat(100) + "]}");
    assertThatThrownBy(() -> call(request, Protocol.GEMINI, "m"))
        .isInstanceOf(RequestFault.class)
        .hasMessageContaining("101 texts (expected: at most 100");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | requests: none",
        "{\"requests\":[]} | requests: none",
        "{\"requests\":[1]} | requests: not an object",
        "{\"requests\":[{}]} | requests[0].content: missing",
        "{\"requests\":[{\"model\":\"models/dear\",\"content\":{}}]} | requests[0].model: models/dear",
        "[] | body: not an object",
        "{ | body: not JSON",
      })
  void what_googles_callers_may_not_send_is_refused(String body, String why) {
    assertThatThrownBy(() -> gemini(true, body))
        .isInstanceOf(RequestFault.class)
        .hasMessageContaining(why);
  }

  @Test
  void pictures_and_two_lengths_are_for_googles_own_models() {
    CallerRequest picture =
        gemini(false, "{\"content\":{\"parts\":[{\"inlineData\":{\"data\":\"AA==\"}}]}}");
    assertThat(picture.inputElsewhere()).isTrue();
    assertThatThrownBy(() -> call(picture, Protocol.OPENAI, "m")).isInstanceOf(RequestFault.class);
    CallerRequest two =
        gemini(
            true,
            "{\"requests\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]},\"outputDimensionality\":2},"
                + "{\"content\":{\"parts\":[{\"text\":\"b\"}]}}]}");
    assertThatThrownBy(() -> call(two, Protocol.OPENAI, "m")).isInstanceOf(RequestFault.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{}",
        "{\"embeddings\":[]}",
        "{\"embeddings\":[{\"values\":[]}]}",
        "{\"embeddings\":[{\"values\":[\"x\"]}]}",
        "{\"embeddings\":[{\"values\":[[1]]}]}",
        "{\"embeddings\":[{\"values\":\"x\"}]}",
        "{\"embeddings\":[{\"values\":[1]},{\"values\":[2]}]}",
        "{\"embeddings\":[{\"values\":[1]}",
      })
  void what_is_no_vector_for_each_text_is_no_answer_and_free(String body) {
    UpstreamCall call = call(openAi("{\"model\":\"m\",\"input\":\"a\"}"), Protocol.GEMINI, "m");
    WholeAnswer answer = whole(call, body);
    assertThat(answer.verdict()).isInstanceOf(AnswerVerdict.NoAnswer.class);
    assertThat(answer.charged().usage().total()).isZero();
  }

  @Test
  void an_error_in_place_of_vectors_is_an_error() {
    UpstreamCall call = call(openAi("{\"model\":\"m\",\"input\":\"a\"}"), Protocol.GEMINI, "m");
    WholeAnswer answer =
        whole(
            call,
            "{\"error\":{\"code\":429,\"message\":\"slow\",\"status\":\"RESOURCE_EXHAUSTED\"}}");
    assertThat(answer.verdict()).isInstanceOf(AnswerVerdict.Failed.class);
  }

  private static CallerRequest openAi(String body) {
    return read(Protocol.OPENAI, "/embeddings", body);
  }

  private static CallerRequest gemini(boolean many, String body) {
    String action = many ? "batchEmbedContents" : "embedContent";
    return read(Protocol.GEMINI, "/models/{model}:" + action, body);
  }

  private static CallerRequest read(Protocol protocol, String path, String body) {
    for (CallerProtocol caller : PROTOCOLS.callersByPrefix().getOrDefault("/v1", List.of())) {
      for (CallerRoute route : caller.routes()) {
        if (caller.protocol() == protocol && route.paths().contains(path)) {
          return route.read(new Head(), body.getBytes(UTF_8));
        }
      }
    }
    throw new AssertionError("no route " + path);
  }

  private static UpstreamCall call(CallerRequest request, Protocol protocol, String model) {
    return PROTOCOLS.call(request, protocol, model, Map.of(), 1);
  }

  private static WholeAnswer whole(UpstreamCall call, String body) {
    return call.whole(body.getBytes(UTF_8), Given.terms(Counters.EXACT, BOUNDS));
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }

  private record Head() implements RequestHead {
    @Override
    public Optional<String> header(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<String> query(String name) {
      return Optional.empty();
    }

    @Override
    public Optional<String> pathParameter(String name) {
      return Optional.of("m");
    }
  }
}

package io.tollgate.relay.protocols.gemini;

import static io.tollgate.relay.protocols.gemini.Given.head;
import static io.tollgate.relay.protocols.gemini.Given.text;
import static io.tollgate.relay.protocols.gemini.Given.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.CallerRequest;
import io.tollgate.relay.protocols.CallerRoute;
import io.tollgate.relay.protocols.Counters;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.ListedModel;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.ThinkingTable;
import io.tollgate.relay.protocols.UpstreamCall;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.gemini.request.AnswerShape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiCallerTest {
  private static final byte[] BODY = utf8("{\"contents\":[{\"parts\":[{\"text\":\"Hello\"}]}]}");
  private static final GeminiCaller CALLER = new GeminiCaller(402);
  private static final GeminiUpstream UPSTREAM = new GeminiUpstream(ThinkingTable.USUAL);

  @Test
  void it_is_served_where_googles_libraries_call() {
    assertThat(CALLER.prefixes()).containsExactly("/v1beta", "/v1", "/gemini/v1beta", "/gemini/v1");
    assertThat(CALLER.routes())
        .flatExtracting(CallerRoute::paths)
        .containsExactly(
            "/models/{model}:generateContent",
            "/models/{model}:streamGenerateContent",
            "/models/{model}:embedContent",
            "/models/{model}:batchEmbedContents");
  }

  @Test
  void shared_paths_are_claimed_by_googles_marks() {
    assertThat(CALLER.claims(head(Map.of("x-goog-api-key", "k"), Map.of(), Map.of()))).isTrue();
    assertThat(CALLER.claims(head(Map.of("x-goog-api-client", "c"), Map.of(), Map.of()))).isTrue();
    assertThat(CALLER.claims(head(Map.of(), Map.of("key", "k"), Map.of()))).isTrue();
    assertThat(CALLER.claims(head(Map.of("authorization", "Bearer k"), Map.of(), Map.of())))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0, , DOCUMENT, /models/gemini-2.5-flash:generateContent",
    "1, sse, EVENTS, /models/gemini-2.5-flash:streamGenerateContent?alt=sse",
    "1, json, ARRAY, /models/gemini-2.5-flash:streamGenerateContent?alt=sse",
    "1, , ARRAY, /models/gemini-2.5-flash:streamGenerateContent?alt=sse"
  })
  void the_path_and_alt_say_what_is_answered(
      int route, String alternative, AnswerShape shape, String upstream) {
    Map<String, String> query = alternative == null ? Map.of() : Map.of("alt", alternative);
    CallerRequest request =
        CALLER
            .routes()
            .get(route)
            .read(head(Map.of(), query, Map.of("model", "models/gemini-2.5-flash")), BODY);
    assertThat(((ContentRequest) request).request().shape()).isEqualTo(shape);
    UpstreamCall call = UPSTREAM.call(request, "gemini-2.5-flash");
    assertThat(call.path()).isEqualTo(upstream);
    assertThat(call.body()).isSameAs(BODY);
    assertThat(call.headers()).isEmpty();
    assertThat(call.withoutOurs(400, BODY)).isEmpty();
  }

  @Test
  void another_alternative_is_refused() {
    assertThatThrownBy(
            () ->
                CALLER
                    .routes()
                    .get(1)
                    .read(head(Map.of(), Map.of("alt", "proto"), Map.of("model", "m")), BODY))
        .isInstanceOf(RequestFault.class)
        .hasMessage("alt: \"proto\" (expected: sse or json)");
  }

  @ParameterizedTest
  @CsvSource({
    "gemini-2.5-flash, /models/gemini-2.5-flash:generateContent",
    "tunedModels/my-1, /tunedModels/my-1:generateContent",
    "a b?c#d:e, /models/a%20b%3Fc%23d%3Ae:generateContent"
  })
  void the_upstreams_model_is_in_its_path(String model, String path) {
    ContentRequest request = Given.content(AnswerShape.DOCUMENT, text(BODY));
    assertThat(UPSTREAM.call(request, model).path()).isEqualTo(path);
  }

  @Test
  void the_accounts_key_is_googles_header() {
    assertThat(UPSTREAM.accountHeaders("k")).containsExactly(new Header("x-goog-api-key", "k"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"error":{"code":400,"message":"API key not valid: AIzaSyD1234567890","status":"INVALID_ARGUMENT"}} | API key not valid: [key] | INVALID_ARGUMENT
          [{"error":{"message":"at 10.0.0.7","status":"INTERNAL"}}] | at [address] | INTERNAL
          <html>10.0.0.7</html>   | The upstream answered with status 400. | -
          ~~                      | The upstream answered with status 400. | -
          """)
  void an_error_with_a_status_is_passed_on_cleaned(String body, String message, String word) {
    UpstreamFault fault = UPSTREAM.fault(400, utf8(body), AccountTraces.UNKNOWN);
    assertThat(fault.status()).isEqualTo(400);
    assertThat(fault.message()).isEqualTo(message);
    assertThat(fault.code().orElse("-")).isEqualTo(word);
  }

  @Test
  void models_are_listed_a_page_at_a_time() {
    List<ListedModel> models = List.of(model("a"), model("b"), model("c"));
    assertThat(text(CALLER.models(models, head(Map.of(), Map.of(), Map.of()))))
        .startsWith(
            "{\"models\":[{\"name\":\"models/a\",\"baseModelId\":\"a\",\"version\":\"001\",\"displayName\":\"a\"")
        .contains("\"supportedGenerationMethods\":[\"generateContent\",\"countTokens\"]")
        .doesNotContain("nextPageToken");
    String first = text(CALLER.models(models, head(Map.of(), Map.of("pageSize", "2"), Map.of())));
    assertThat(first)
        .contains("models/a", "models/b", "\"nextPageToken\":\"c\"")
        .doesNotContain("models/c");
    String second =
        text(
            CALLER.models(
                models, head(Map.of(), Map.of("pageSize", "2", "pageToken", "c"), Map.of())));
    assertThat(second).contains("models/c").doesNotContain("models/a", "nextPageToken");
    for (String odd : List.of("0", "-1", "x", "99999999999")) {
      assertThat(
              text(
                  CALLER.models(
                      models, head(Map.of(), Map.of("pageSize", odd, "pageToken", "?"), Map.of()))))
          .contains("models/a", "models/c");
    }
    assertThat(text(CALLER.model(model("a")))).startsWith("{\"name\":\"models/a\"");
  }

  @Test
  void tokens_are_counted_here_where_no_gemini_is_asked() {
    assertThat(text(TokenCount.answer(TokenCount.read("models/m", BODY), Counters.EXACT)))
        .isEqualTo(
            "{\"totalTokens\":9,\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":9}]}");
  }

  private static ListedModel model(String id) {
    return new ListedModel(id, Given.AT, "google");
  }
}

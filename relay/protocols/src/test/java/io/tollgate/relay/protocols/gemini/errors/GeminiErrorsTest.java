package io.tollgate.relay.protocols.gemini.errors;

import static io.tollgate.relay.protocols.gemini.Given.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.ErrorAnswer;
import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.UpstreamFault;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeminiErrorsTest {
  private final GeminiErrors errors = new GeminiErrors(402);

  @ParameterizedTest
  @CsvSource({
    "INVALID_API_KEY, 401, UNAUTHENTICATED",
    "UNAUTHENTICATED, 401, UNAUTHENTICATED",
    "FORBIDDEN, 403, PERMISSION_DENIED",
    "ADDRESS_NOT_ALLOWED, 403, PERMISSION_DENIED",
    "MODEL_NOT_ALLOWED, 403, PERMISSION_DENIED",
    "MODEL_NOT_FOUND, 404, NOT_FOUND",
    "INSUFFICIENT_MEANS, 402, RESOURCE_EXHAUSTED",
    "RATE_LIMITED, 429, RESOURCE_EXHAUSTED",
    "NO_AVAILABLE_ACCOUNT, 503, UNAVAILABLE",
    "UNAVAILABLE, 503, UNAVAILABLE",
    "UPSTREAM_FAILED, 502, UNAVAILABLE",
    "UPSTREAM_TIMEOUT, 504, DEADLINE_EXCEEDED",
    "INVALID_REQUEST, 400, INVALID_ARGUMENT",
    "MALFORMED_BODY, 400, INVALID_ARGUMENT",
    "REFUSED_BY_FILTER, 400, INVALID_ARGUMENT",
    "BODY_TOO_LARGE, 413, INVALID_ARGUMENT",
    "UNSUPPORTED_MEDIA_TYPE, 415, INVALID_ARGUMENT",
    "INTERNAL, 500, INTERNAL"
  })
  void each_refusal_has_googles_status(ErrorCode code, int status, String word) {
    GeminiError error = errors.of(new Refusal(code, "a sentence"));
    assertThat(error.code()).isEqualTo(status);
    assertThat(error.status()).isEqualTo(word);
  }

  @Test
  void the_body_is_googles_form() {
    ErrorAnswer answer = errors.of(RequestFault.of("contents", "missing \"all\"")).answer();
    assertThat(answer.status()).isEqualTo(400);
    assertThat(text(answer.body()))
        .isEqualTo(
            "{\"error\":{\"code\":400,\"message\":\"contents: missing \\\"all\\\"\",\"status\":\"INVALID_ARGUMENT\"}}");
  }

  @Test
  void without_means_the_status_is_set() {
    GeminiError error =
        new GeminiErrors(429).of(new Refusal(ErrorCode.INSUFFICIENT_MEANS, "used up"));
    assertThat(error.code()).isEqualTo(429);
    assertThat(error.status()).isEqualTo("RESOURCE_EXHAUSTED");
    assertThatThrownBy(() -> new GeminiErrors(400)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "400, FAILED_PRECONDITION, FAILED_PRECONDITION",
    "429, rate_limit_exceeded, RESOURCE_EXHAUSTED",
    "529, overloaded_error, UNAVAILABLE"
  })
  void an_upstreams_error_keeps_googles_word_and_no_others(int status, String code, String word) {
    GeminiError error =
        errors.of(
            new UpstreamFault(
                status, "m", Optional.of("type"), Optional.of(code), Optional.empty()));
    assertThat(error).isEqualTo(new GeminiError(status, "m", word));
  }
}

package io.tollgate.relay.protocols.anthropic.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.AccountTraces;
import io.tollgate.relay.protocols.ErrorAnswer;
import io.tollgate.relay.protocols.Header;
import io.tollgate.relay.protocols.UpstreamFault;
import io.tollgate.relay.protocols.anthropic.Given;
import io.tollgate.relay.protocols.anthropic.answer.AnthropicFaults;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class AnthropicErrorsTest {
  @ParameterizedTest
  @CsvSource({
    "INVALID_API_KEY, 401, authentication_error, false",
    "ADDRESS_NOT_ALLOWED, 403, permission_error, false",
    "MODEL_NOT_FOUND, 404, not_found_error, false",
    "MODEL_NOT_ALLOWED, 403, not_found_error, false",
    "INSUFFICIENT_MEANS, 402, billing_error, false",
    "RATE_LIMITED, 429, rate_limit_error, true",
    "NO_AVAILABLE_ACCOUNT, 503, overloaded_error, true",
    "UPSTREAM_TIMEOUT, 504, timeout_error, true",
    "UPSTREAM_FAILED, 502, api_error, true",
    "MALFORMED_BODY, 400, invalid_request_error, false",
    "REFUSED_BY_FILTER, 400, invalid_request_error, false",
    "INVALID_REQUEST, 400, invalid_request_error, false",
    "BODY_TOO_LARGE, 413, request_too_large, false",
    "INTERNAL, 500, api_error, true"
  })
  void each_case_has_the_status_and_type_that_sdks_know(
      ErrorCode code, int status, String type, boolean retryMayHelp) {
    AnthropicError error = Given.ERRORS.of(new Refusal(code, "why"), "r1");
    assertThat(error.status()).isEqualTo(status);
    assertThat(error.type()).isEqualTo(type);
    assertThat(error.retryMayHelp()).isEqualTo(retryMayHelp);
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void every_code_is_written_as_anthropic_writes_errors(ErrorCode code) {
    ErrorAnswer answer =
        Given.ERRORS.of(new Refusal(code, "a \"quoted\"\nreason é"), "r1").answer();
    JsonNode body = Given.json(answer.body());
    assertThat(body.propertyNames()).containsExactly("type", "error", "request_id");
    assertThat(body.get("type").asString()).isEqualTo("error");
    assertThat(body.get("error").propertyNames()).containsExactly("type", "message");
    assertThat(body.get("error").get("message").asString()).isEqualTo("a \"quoted\"\nreason é");
    assertThat(body.get("request_id").asString()).isEqualTo("r1");
    assertThat(answer.headers()).contains(new Header("request-id", "r1"));
    boolean noRetry = answer.headers().contains(new Header("x-should-retry", "false"));
    assertThat(noRetry).isEqualTo(!Given.ERRORS.of(new Refusal(code, "x"), "r").retryMayHelp());
  }

  @Test
  void without_means_the_status_is_what_the_operator_set() {
    Refusal refusal = new Refusal(ErrorCode.INSUFFICIENT_MEANS, "no");
    assertThat(new AnthropicErrors(429).of(refusal, "r").status()).isEqualTo(429);
    assertThatThrownBy(() -> new AnthropicErrors(403))
        .hasMessage("status without means: 403 (expected: 402 or 429)");
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_request_error, invalid_request_error",
    "400, , invalid_request_error",
    "404, model_not_found, not_found_error",
    "429, requests, rate_limit_error",
    "500, server_error, api_error",
    "529, overloaded_error, overloaded_error",
    "413, , request_too_large",
    "504, , timeout_error"
  })
  void an_upstreams_error_of_any_protocol_has_a_type_of_anthropics(
      int status, @Nullable String type, String told) {
    AnthropicError error =
        Given.ERRORS.of(
            new UpstreamFault(
                status, "m", Optional.ofNullable(type), Optional.empty(), Optional.empty()),
            "r");
    assertThat(error.status()).isEqualTo(status);
    assertThat(error.type()).isEqualTo(told);
  }

  @Test
  void an_upstreams_error_is_cleaned_of_the_account() {
    UpstreamFault fault =
        AnthropicFaults.cleaned(
            400,
            Given.utf8(
                "{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":"
                    + "\"prompt too long for org-a1b2c3d4 at https://api.x.test/v1\"},\"request_id\":\"req_011abc\"}"),
            AccountTraces.UNKNOWN);
    assertThat(fault.message()).isEqualTo("prompt too long for [organization] at [address]");
    assertThat(fault.type()).contains("invalid_request_error");
    for (String page : new String[] {"<html>", "", "[1]", "{\"type\":\"error\"", "{\"error\":7}"}) {
      assertThat(AnthropicFaults.cleaned(503, Given.utf8(page), AccountTraces.UNKNOWN).message())
          .isEqualTo("The upstream answered with status 503.");
    }
  }
}

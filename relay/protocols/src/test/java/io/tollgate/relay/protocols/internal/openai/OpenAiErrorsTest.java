package io.tollgate.relay.protocols.internal.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.relay.protocols.AccountTraces;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenAiErrorsTest {
  private static final OpenAiErrors ERRORS = new OpenAiErrors(402);

  @ParameterizedTest
  @CsvSource({
    "INVALID_API_KEY, 401, invalid_request_error, invalid_api_key, false",
    "ADDRESS_NOT_ALLOWED, 403, invalid_request_error, invalid_api_key, false",
    "MODEL_NOT_FOUND, 404, invalid_request_error, model_not_found, false",
    "MODEL_NOT_ALLOWED, 403, invalid_request_error, model_not_found, false",
    "INSUFFICIENT_MEANS, 402, insufficient_quota, insufficient_quota, false",
    "RATE_LIMITED, 429, requests, rate_limit_exceeded, true",
    "NO_AVAILABLE_ACCOUNT, 503, server_error, no_available_account, true",
    "UPSTREAM_TIMEOUT, 504, server_error, upstream_timeout, true",
    "UPSTREAM_FAILED, 502, server_error, upstream_failed, true",
    "MALFORMED_BODY, 400, invalid_request_error, invalid_request_error, false",
    "REFUSED_BY_FILTER, 400, invalid_request_error, content_filter, false",
    "INVALID_REQUEST, 400, invalid_request_error, invalid_request_error, false",
    "BODY_TOO_LARGE, 413, invalid_request_error, invalid_request_error, false",
    "INTERNAL, 500, server_error, internal_error, true",
    "UNAVAILABLE, 503, server_error, service_unavailable, true"
  })
  void each_case_has_the_status_and_code_that_sdks_know(
      ErrorCode code, int status, String type, String openAiCode, boolean retryMayHelp) {
    OpenAiError answer = ERRORS.of(new Refusal(code, "why"));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.type()).isEqualTo(type);
    assertThat(answer.code()).contains(openAiCode);
    assertThat(answer.retryMayHelp()).isEqualTo(retryMayHelp);
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void every_code_is_written_as_openai_writes_errors(ErrorCode code) {
    JsonNode error =
        json(ERRORS.of(new Refusal(code, "a \"quoted\"\nreason é")).answer().body()).get("error");
    assertThat(error.propertyNames()).containsExactly("message", "type", "param", "code");
    assertThat(error.get("message").asString()).isEqualTo("a \"quoted\"\nreason é");
    assertThat(error.get("type").asString()).isNotEmpty();
  }

  @Test
  void a_model_that_is_not_there_names_its_parameter() {
    assertThat(ERRORS.of(new Refusal(ErrorCode.MODEL_NOT_FOUND, "no")).param()).contains("model");
  }

  @Test
  void lack_of_means_can_be_told_as_429_and_is_still_not_to_be_retried() {
    OpenAiError answer =
        new OpenAiErrors(429).of(new Refusal(ErrorCode.INSUFFICIENT_MEANS, "no means"));
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.code()).contains("insufficient_quota");
    assertThat(answer.retryMayHelp()).isFalse();
    assertThatThrownBy(() -> new OpenAiErrors(400))
        .hasMessage("status without means: 400 (expected: 402 or 429)");
  }

  @Test
  void an_upstream_error_keeps_its_status_and_words_and_loses_the_account() {
    String body =
        """
        {"error":{"message":"Rate limit reached for gpt-4o in organization org-AbC123xyz on tokens per min (TPM): Limit 30000, Used 29000. Visit https://platform.openai.com/account/rate-limits to learn more.",
          "type":"tokens","param":null,"code":"rate_limit_exceeded"},"account":"x"}""";
    OpenAiError answer = cleaned(429, body);
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.retryMayHelp()).isTrue();
    assertThat(answer.type()).isEqualTo("tokens");
    assertThat(answer.code()).contains("rate_limit_exceeded");
    assertThat(answer.param()).isEqualTo(Optional.empty());
    assertThat(answer.message())
        .isEqualTo(
            "Rate limit reached for gpt-4o in organization [organization] on tokens per min (TPM):"
                + " Limit 30000, Used 29000. Visit [address] to learn more.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          Incorrect API key provided: sk-proj-abc***********wxyz. | Incorrect API key provided: [key]
          key sk-ant-api03-AbC_d-9 and AIzaSyA1234567890abcdef    | key [key] and [key]
          Authorization: Bearer eyJhbGciOi.abc.def is bad         | Authorization: [key] is bad
          Project `proj_aB3dE5` has no access to model `gpt-5`    | Project `[project]` has no access to model `gpt-5`
          write to ops@example.org or https://x.example/y?key=1   | write to [address] or [address]
          request req_0123abcdef failed                           | request [id] failed
          organization 8d4c8c5e-7f0b-4c3a-9a53-0d2a1d3f7b11 is off | organization [id] is off
          key-ab12cd is key-based                                 | [key] is key-based
          the model `org/model-7b` and project-based keys stay    | the model `org/model-7b` and project-based keys stay
          your user_message and request-level limit               | your user_message and request-level limit
          """)
  void traces_of_the_account_are_removed(String words, String cleaned) {
    assertThat(AccountTraces.UNKNOWN.removed(words)).isEqualTo(cleaned);
  }

  @Test
  void errors_in_other_shapes_are_read_as_well() {
    assertThat(cleaned(400, "{\"error\":\"bad\"}").message()).isEqualTo("bad");
    assertThat(cleaned(400, "{\"message\":\"bad\",\"code\":1301}").code()).contains("1301");
    assertThat(cleaned(422, "{\"detail\":\"bad\"}").message()).isEqualTo("bad");
    assertThat(cleaned(400, "{\"error\":{\"message\":\"bad\",\"param\":\"n\"}}").param())
        .contains("n");
  }

  @Test
  void a_body_that_is_no_error_of_the_protocol_is_left_out() {
    for (String body :
        new String[] {"", "<html>secret</html>", "{\"error\":{\"message\":\"cut of", "[]", "{}"}) {
      OpenAiError answer = cleaned(502, body);
      assertThat(answer.message()).isEqualTo("The upstream answered with status 502.");
      assertThat(answer.type()).isEqualTo("server_error");
      assertThat(answer.code()).contains("upstream_failed");
      assertThat(answer.retryMayHelp()).isTrue();
    }
    assertThat(cleaned(400, " ".repeat(70_000) + "{\"message\":\"x\"}").message())
        .isEqualTo("The upstream answered with status 400.");
  }

  @Test
  void a_long_message_is_cut() {
    assertThat(cleaned(400, "{\"message\":\"" + "a ".repeat(10_000) + "\"}").message())
        .hasSize(4001)
        .endsWith("…");
  }

  private static OpenAiError cleaned(int status, String body) {
    return ERRORS.of(
        OpenAiFaults.cleaned(status, body.getBytes(StandardCharsets.UTF_8), AccountTraces.UNKNOWN));
  }

  private static JsonNode json(byte[] body) {
    return JsonMapper.shared().readTree(body);
  }
}

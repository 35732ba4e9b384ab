package io.tollgate.sandbox.internal;

import java.util.OptionalInt;

/**
 * A refusal as OpenAI words it: status, and the body {@code {"error":{"message","type","param",
 * "code"}}}. Thrown while a request is read; never logged, so it carries no stack trace.
 */
final class OpenAiProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final String param;
  private final String code;

  /** {@code param} and {@code code} are left empty where OpenAI says null. */
  OpenAiProblem(int status, String type, String code, String param, String message) {
    super(message, null, false, false);
    this.status = status;
    this.type = type;
    this.param = param;
    this.code = code;
  }

  static OpenAiProblem invalid(String param, String code, String message) {
    return new OpenAiProblem(400, "invalid_request_error", code, param, message);
  }

  /** The error a steered status stands for. */
  static OpenAiProblem steered(int status) {
    return switch (status) {
      case 400 -> invalid("", "", "The sandbox was asked to find this request malformed.");
      case 401 ->
          new OpenAiProblem(
              401, "invalid_request_error", "invalid_api_key", "", "Incorrect API key provided.");
      case 402, 403 ->
          new OpenAiProblem(
              status,
              "invalid_request_error",
              "account_deactivated",
              "",
              "This account is closed.");
      case 404 ->
          new OpenAiProblem(
              404,
              "invalid_request_error",
              "model_not_found",
              "model",
              "The model does not exist or you do not have access to it.");
      case 429 ->
          new OpenAiProblem(
              429, "requests", "rate_limit_exceeded", "", "Rate limit reached; try again later.");
      case 503 ->
          new OpenAiProblem(
              503, "server_error", "", "", "The engine is currently overloaded; try again later.");
      default ->
          status >= 500
              ? new OpenAiProblem(
                  status, "server_error", "", "", "The server had an error; try again later.")
              : new OpenAiProblem(
                  status,
                  "invalid_request_error",
                  "",
                  "",
                  "The sandbox was asked for " + status + ".");
    };
  }

  int status() {
    return status;
  }

  String body() {
    StringBuilder json = new StringBuilder(200).append("{\"error\":{\"message\":");
    JsonText.quote(json, String.valueOf(getMessage()));
    json.append(",\"type\":");
    JsonText.quote(json, type);
    json.append(",\"param\":");
    JsonText.quoteOrNull(json, param);
    json.append(",\"code\":");
    JsonText.quoteOrNull(json, code);
    return json.append("}}").toString();
  }

  /** Seconds a caller should wait unless steered otherwise; only 429 says so by itself. */
  OptionalInt retryAfter() {
    return status == 429 ? OptionalInt.of(1) : OptionalInt.empty();
  }
}

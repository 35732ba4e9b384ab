package io.tollgate.sandbox.internal.anthropic;

import io.tollgate.sandbox.internal.exchange.Dialect;
import io.tollgate.sandbox.internal.json.JsonText;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.openai.OpenAiDialect;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * Anthropic's ways: a key in {@code x-api-key} (or a bearer token), a version in {@code
 * anthropic-version}, and {@code {"type":"error","error":{"type","message"},"request_id"}}.
 */
public enum AnthropicDialect implements Dialect {
  ANTHROPIC;

  @Override
  public void demandKey(HttpServerRequest request) {
    String key = request.getHeader("x-api-key");
    if ((key == null || key.isBlank()) && OpenAiDialect.bearer(request).isEmpty()) {
      throw new Problem(401, "", "", "x-api-key header is required (expected: any key)");
    }
    if (request.getHeader("anthropic-version") == null) {
      throw Problem.invalid("", "", "anthropic-version: header is required");
    }
  }

  @Override
  public String problem(Problem problem, String requestId) {
    StringBuilder json = new StringBuilder(200).append("{\"type\":\"error\",\"error\":");
    error(json, problem);
    json.append(",\"request_id\":");
    JsonText.quote(json, requestId);
    return json.append('}').toString();
  }

  /** The error object itself. */
  private static void error(StringBuilder json, Problem problem) {
    json.append("{\"type\":\"").append(type(problem.status())).append("\",\"message\":");
    JsonText.quote(json, problem.message());
    json.append('}');
  }

  @Override
  public String idHeader() {
    return "request-id";
  }

  private static String type(int status) {
    return switch (status) {
      case 401 -> "authentication_error";
      case 402 -> "billing_error";
      case 403 -> "permission_error";
      case 404 -> "not_found_error";
      case 413 -> "request_too_large";
      case 429 -> "rate_limit_error";
      case 504 -> "timeout_error";
      case 503, 529 -> "overloaded_error";
      default -> status >= 500 ? "api_error" : "invalid_request_error";
    };
  }

  /** Refuses a field that the protocol does not have. */
  static void only(Optional<String> unknown, String where) {
    unknown.ifPresent(
        name -> {
          String at = where.isEmpty() ? name : where + "." + name;
          throw Problem.invalid(at, at + ": Extra inputs are not permitted");
        });
  }
}

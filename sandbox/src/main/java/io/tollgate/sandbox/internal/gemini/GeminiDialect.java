package io.tollgate.sandbox.internal.gemini;

import io.tollgate.sandbox.internal.exchange.Dialect;
import io.tollgate.sandbox.internal.json.JsonText;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.openai.OpenAiDialect;
import io.vertx.core.http.HttpServerRequest;

/**
 * Google's ways: a key in {@code x-goog-api-key} or {@code ?key=} (or a bearer token), and {@code
 * {"error":{"code","message","status"}}}.
 */
public enum GeminiDialect implements Dialect {
  GEMINI;

  @Override
  public void demandKey(HttpServerRequest request) {
    String header = request.getHeader("x-goog-api-key");
    String parameter = request.params().get("key");
    if ((header == null || header.isBlank())
        && (parameter == null || parameter.isBlank())
        && OpenAiDialect.bearer(request).isEmpty()) {
      throw new Problem(
          403,
          "",
          "",
          "Method doesn't allow unregistered callers (expected: x-goog-api-key, any key).");
    }
  }

  @Override
  public String problem(Problem problem, String requestId) {
    StringBuilder json =
        new StringBuilder(200)
            .append("{\"error\":{\"code\":")
            .append(problem.status())
            .append(",\"message\":");
    JsonText.quote(json, problem.message());
    return json.append(",\"status\":\"").append(status(problem.status())).append("\"}}").toString();
  }

  private static String status(int status) {
    return switch (status) {
      case 401 -> "UNAUTHENTICATED";
      case 403 -> "PERMISSION_DENIED";
      case 404, 405 -> "NOT_FOUND";
      case 402, 429 -> "RESOURCE_EXHAUSTED";
      case 500 -> "INTERNAL";
      case 504 -> "DEADLINE_EXCEEDED";
      default -> status > 500 ? "UNAVAILABLE" : "INVALID_ARGUMENT";
    };
  }
}

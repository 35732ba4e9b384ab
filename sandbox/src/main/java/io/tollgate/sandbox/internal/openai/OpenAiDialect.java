package io.tollgate.sandbox.internal.openai;

import io.tollgate.sandbox.internal.exchange.Dialect;
import io.tollgate.sandbox.internal.json.JsonText;
import io.tollgate.sandbox.internal.json.Problem;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;

/**
 * OpenAI's ways: a bearer key, and {@code {"error":{"message","type","param","code"}}}, where type
 * follows from the status.
 */
public enum OpenAiDialect implements Dialect {
  OPENAI;

  @Override
  public void demandKey(HttpServerRequest request) {
    if (bearer(request).isEmpty()) {
      throw new Problem(
          401,
          "invalid_api_key",
          "",
          "No API key was given (expected: Authorization: Bearer KEY, any key).");
    }
  }

  /** The key in a header Authorization, or empty. */
  public static String bearer(HttpServerRequest request) {
    String header = request.getHeader("Authorization");
    return header != null && header.toLowerCase(Locale.ROOT).startsWith("bearer ")
        ? header.substring("bearer ".length()).strip()
        : "";
  }

  @Override
  public String problem(Problem problem, String requestId) {
    StringBuilder json = new StringBuilder(200).append("{\"error\":");
    error(json, problem);
    return json.append('}').toString();
  }

  /** The error object itself. */
  public static void error(StringBuilder json, Problem problem) {
    json.append("{\"message\":");
    JsonText.quote(json, problem.message());
    json.append(",\"type\":");
    JsonText.quote(json, type(problem.status()));
    json.append(",\"param\":");
    JsonText.quoteOrNull(json, problem.param());
    json.append(",\"code\":");
    JsonText.quoteOrNull(json, problem.code());
    json.append('}');
  }

  private static String type(int status) {
    if (status == 429) {
      return "requests";
    }
    return status >= 500 ? "server_error" : "invalid_request_error";
  }
}

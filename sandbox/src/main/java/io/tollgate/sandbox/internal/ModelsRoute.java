package io.tollgate.sandbox.internal;

import static io.tollgate.sandbox.internal.anthropic.AnthropicDialect.ANTHROPIC;
import static io.tollgate.sandbox.internal.gemini.GeminiDialect.GEMINI;
import static io.tollgate.sandbox.internal.openai.OpenAiDialect.OPENAI;

import io.tollgate.sandbox.internal.exchange.Dialect;
import io.tollgate.sandbox.internal.exchange.Replies;
import io.tollgate.sandbox.internal.exchange.Routes;
import io.tollgate.sandbox.internal.json.Problem;
import io.tollgate.sandbox.internal.openai.Models;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/** The lists of models, in the shape of the protocol that the caller's headers tell. */
final class ModelsRoute {
  /** 2024-07-18, the day the first of them came out. */
  private static final long CREATED_SECONDS = 1_721_260_800L;

  private ModelsRoute() {}

  static void add(Routes routes) {
    routes.open(HttpMethod.GET, "/v1/models", OPENAI, ModelsRoute::answer);
    routes.open(HttpMethod.GET, "/v1/models/{}", OPENAI, ModelsRoute::answer);
    routes.open(HttpMethod.GET, "/v1beta/models", GEMINI, ModelsRoute::answer);
    routes.open(HttpMethod.GET, "/v1beta/models/{}", GEMINI, ModelsRoute::answer);
  }

  private static void answer(HttpServerRequest request, String name) {
    Dialect dialect = dialect(request);
    try {
      dialect.demandKey(request);
      StringBuilder json = new StringBuilder(2048);
      if (!name.isEmpty()) {
        if (!Models.NAMES.contains(name)) {
          throw Problem.steered(404);
        }
        model(json, dialect, name);
      } else {
        list(json, dialect);
      }
      Replies.json(request, 200, json.toString());
    } catch (Problem problem) {
      Replies.problem(request, dialect, problem);
    }
  }

  private static Dialect dialect(HttpServerRequest request) {
    String path = request.path();
    if (path != null && path.startsWith("/v1beta/")
        || request.getHeader("x-goog-api-key") != null
        || request.getHeader("x-goog-api-client") != null) {
      return GEMINI;
    }
    return request.getHeader("anthropic-version") == null ? OPENAI : ANTHROPIC;
  }

  private static void list(StringBuilder json, Dialect dialect) {
    json.append(
        dialect == GEMINI
            ? "{\"models\":["
            : dialect == OPENAI ? "{\"object\":\"list\",\"data\":[" : "{\"data\":[");
    for (String name : Models.NAMES) {
      json.append(json.charAt(json.length() - 1) == '[' ? "" : ",");
      model(json, dialect, name);
    }
    json.append(']');
    if (dialect == ANTHROPIC) {
      json.append(",\"has_more\":false,\"first_id\":\"")
          .append(Models.NAMES.getFirst())
          .append("\",\"last_id\":\"")
          .append(Models.NAMES.getLast())
          .append('"');
    }
    json.append('}');
  }

  private static void model(StringBuilder json, Dialect dialect, String name) {
    if (dialect == GEMINI) {
      json.append("{\"name\":\"models/").append(name).append("\",\"displayName\":\"").append(name);
      json.append("\",\"supportedGenerationMethods\":[\"");
      json.append(name.contains("embedding") ? "embedContent" : "generateContent");
      json.append("\",\"countTokens\"]}");
    } else if (dialect == ANTHROPIC) {
      json.append("{\"type\":\"model\",\"id\":\"").append(name).append("\",\"display_name\":\"");
      json.append(name).append("\",\"created_at\":\"2024-07-18T00:00:00Z\"}");
    } else {
      json.append("{\"id\":\"").append(name).append("\",\"object\":\"model\",\"created\":");
      json.append(CREATED_SECONDS).append(",\"owned_by\":\"sandbox\"}");
    }
  }
}

package io.tollgate.sandbox.internal;

import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/** {@code GET /v1/models} and {@code /v1/models/NAME}: some names; any other is served as well. */
final class Models {
  private static final List<String> NAMES =
      List.of(
          "gpt-4o-mini",
          "gpt-4o",
          "gpt-4.1",
          "gpt-4.1-mini",
          "o3",
          "o4-mini",
          "claude-sonnet-4-5",
          "claude-haiku-4-5",
          "gemini-2.5-flash",
          "gemini-2.5-pro",
          "deepseek-chat");

  /** 2024-07-18, the day the first of them came out. */
  private static final long CREATED_SECONDS = 1_721_260_800L;

  private Models() {}

  static void list(HttpServerRequest request) {
    StringBuilder json = new StringBuilder(1024).append("{\"object\":\"list\",\"data\":[");
    for (String name : NAMES) {
      json.append(json.charAt(json.length() - 1) == '[' ? "" : ",");
      model(json, name);
    }
    Replies.json(request, 200, json.append("]}").toString());
  }

  static void one(HttpServerRequest request, String name) {
    if (!NAMES.contains(name)) {
      throw OpenAiProblem.steered(404);
    }
    StringBuilder json = new StringBuilder(128);
    model(json, name);
    Replies.json(request, 200, json.toString());
  }

  private static void model(StringBuilder json, String name) {
    json.append("{\"id\":\"")
        .append(name)
        .append("\",\"object\":\"model\",\"created\":")
        .append(CREATED_SECONDS)
        .append(",\"owned_by\":\"sandbox\"}");
  }
}

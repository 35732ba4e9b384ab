package io.tollgate.relay.gateway.internal.filter;

import io.tollgate.ground.Refusal;
import io.tollgate.web.Json;
import tools.jackson.databind.JsonNode;

/** Reads what a filter answered. */
final class FilterAnswer {
  private static final int MAX_MESSAGE = 500;
  private static final String UNSAID = "the request was refused";

  private FilterAnswer() {}

  static FilterVerdict read(FilterPhase phase, int status, byte[] body) {
    if (status != 200) {
      return new FilterVerdict.Failed("answered with status " + status);
    }
    JsonNode answer;
    try {
      answer = Json.read(body);
    } catch (Refusal _) {
      return new FilterVerdict.Failed("answered with what is no JSON");
    }
    return switch (answer.path("action").asString("")) {
      case "allow" -> new FilterVerdict.Allow();
      case "refuse" -> new FilterVerdict.Refuse(message(answer.path("message").asString(UNSAID)));
      case "rewrite" -> rewrite(phase, answer.path("body"));
      default -> new FilterVerdict.Failed("answered without an action that is known");
    };
  }

  private static FilterVerdict rewrite(FilterPhase phase, JsonNode body) {
    if (phase == FilterPhase.ANSWER) {
      return new FilterVerdict.Failed("wants to rewrite an answer");
    }
    return body.isObject()
        ? new FilterVerdict.Rewrite(Json.write(body))
        : new FilterVerdict.Failed("rewrites a request to what is no object");
  }

  private static String message(String given) {
    String plain = given.replaceAll("\\p{Cntrl}", " ").strip();
    if (plain.isEmpty()) {
      return UNSAID;
    }
    return plain.codePointCount(0, plain.length()) <= MAX_MESSAGE
        ? plain
        : plain.substring(0, plain.offsetByCodePoints(0, MAX_MESSAGE)) + "…";
  }
}

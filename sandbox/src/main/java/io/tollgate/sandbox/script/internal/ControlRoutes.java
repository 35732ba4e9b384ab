package io.tollgate.sandbox.script.internal;

import io.tollgate.sandbox.script.Header;
import io.tollgate.sandbox.script.ReceivedRequest;
import io.tollgate.sandbox.script.RequestMatch;
import io.tollgate.sandbox.script.Script;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How people steer a scripted upstream, on its own port: {@code PUT /script} with the script as
 * body, {@code DELETE /script}, {@code GET /received}, {@code DELETE /received}.
 */
final class ControlRoutes {
  private static final List<String> PARAMETERS =
      List.of("times", "path", "model", "header", "contains");

  private final ScriptRules rules;
  private final ReceivedRequests received;

  ControlRoutes(ScriptRules rules, ReceivedRequests received) {
    this.rules = rules;
    this.received = received;
  }

  static boolean serves(String target) {
    String path = path(target);
    return path.equals("/script") || path.equals("/received");
  }

  HttpAnswer answer(ReceivedRequest request) {
    try {
      return switch (request.method() + " " + path(request.target())) {
        case "PUT /script", "POST /script" -> put(request);
        case "DELETE /script" -> {
          rules.clear();
          yield waiting();
        }
        case "GET /script" -> waiting();
        case "GET /received" ->
            HttpAnswer.ok(received.all().stream().map(ControlRoutes::told).toList());
        case "DELETE /received" -> {
          received.clear();
          yield HttpAnswer.ok(List.of());
        }
        default ->
            HttpAnswer.problem(
                405, request.method() + " (expected: PUT or DELETE /script, GET /received)");
      };
    } catch (IllegalArgumentException e) {
      return HttpAnswer.problem(400, String.valueOf(e.getMessage()));
    }
  }

  private HttpAnswer put(ReceivedRequest request) {
    Map<String, String> parameters = parameters(request.target());
    Optional<String> header = Optional.ofNullable(parameters.get("header"));
    RequestMatch match =
        new RequestMatch(
            Optional.ofNullable(parameters.get("path")),
            Optional.ofNullable(parameters.get("model")),
            header.map(ControlRoutes::header),
            Optional.ofNullable(parameters.get("contains")));
    rules.put(match, times(parameters), Script.parse(request.body().toString()));
    return waiting();
  }

  private static int times(Map<String, String> parameters) {
    String times = parameters.getOrDefault("times", "1");
    try {
      return Integer.parseInt(times);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("times: " + times + " (expected: a whole number)", e);
    }
  }

  private HttpAnswer waiting() {
    return HttpAnswer.ok(Map.of("waiting", rules.size()));
  }

  private static Header header(String text) {
    int colon = text.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("header: " + text + " (expected: NAME:VALUE)");
    }
    return new Header(text.substring(0, colon), text.substring(colon + 1).strip());
  }

  private static Map<String, Object> told(ReceivedRequest request) {
    Map<String, Object> told = new LinkedHashMap<>();
    told.put("number", request.number());
    told.put("connection", request.connection());
    told.put("method", request.method());
    told.put("target", request.target());
    told.put(
        "headers",
        request.headers().stream().map(header -> header.name() + ": " + header.value()).toList());
    told.put("body", request.body().toString());
    return told;
  }

  private static String path(String target) {
    int question = target.indexOf('?');
    return question < 0 ? target : target.substring(0, question);
  }

  private static Map<String, String> parameters(String target) {
    Map<String, String> parameters = new HashMap<>();
    int question = target.indexOf('?');
    if (question >= 0) {
      for (String pair : target.substring(question + 1).split("&", -1)) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        if (!PARAMETERS.contains(name)) {
          throw new IllegalArgumentException(
              name + ": unknown (expected: one of " + String.join(", ", PARAMETERS) + ")");
        }
        parameters.put(
            name,
            equals < 0
                ? ""
                : URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }
}

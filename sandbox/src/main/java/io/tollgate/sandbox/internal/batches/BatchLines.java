package io.tollgate.sandbox.internal.batches;

import io.tollgate.sandbox.internal.json.JsonBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/**
 * The requests of a batch's input file.
 *
 * @param errors why it cannot be done, a line each; empty where it can
 */
record BatchLines(List<Line> lines, ArrayNode errors) {
  private static final int MAX_LINES = 50_000;
  private static final int MAX_ERRORS = 100;

  /** A request. */
  record Line(String customId, byte[] body) {}

  static BatchLines read(byte[] content, String endpoint) {
    List<Line> lines = new ArrayList<>();
    ArrayNode errors = JsonBody.array();
    Set<String> ids = new HashSet<>();
    int number = 0;
    for (String text : new String(content, StandardCharsets.UTF_8).split("\n", -1)) {
      number++;
      if (text.isBlank()) {
        continue;
      }
      String wrong = line(text, endpoint, ids, lines);
      if (!wrong.isEmpty() && errors.size() < MAX_ERRORS) {
        errors
            .addObject()
            .put("code", "invalid_json_line")
            .put("line", number)
            .put("message", wrong)
            .putNull("param");
      }
    }
    if (lines.isEmpty() && errors.isEmpty() || lines.size() > MAX_LINES) {
      errors
          .addObject()
          .put("code", lines.isEmpty() ? "empty_file" : "too_many_requests")
          .putNull("line")
          .put("message", lines.size() + " requests (expected: 1.." + MAX_LINES + ").")
          .putNull("param");
    }
    return new BatchLines(lines, errors);
  }

  /** Reads a line; what is wrong with it, or nothing. */
  private static String line(String text, String endpoint, Set<String> ids, List<Line> lines) {
    JsonNode json;
    try {
      json = JsonBody.tree(text);
    } catch (JacksonException e) {
      return "This line is not parseable as valid JSON.";
    }
    String id = json.path("custom_id").asString("");
    if (id.isEmpty() || !ids.add(id)) {
      return "custom_id: '" + id + "' (expected: a text that no other line has).";
    }
    if (!json.path("method").asString("").equals("POST")) {
      return "method: " + json.path("method") + " (expected: POST).";
    }
    if (!json.path("url").asString("").equals(endpoint)) {
      return "url: " + json.path("url") + " (expected: that of the batch, " + endpoint + ").";
    }
    if (!json.path("body").isObject() || json.path("body").path("stream").asBoolean(false)) {
      return "body (expected: an object without stream).";
    }
    lines.add(new Line(id, json.path("body").toString().getBytes(StandardCharsets.UTF_8)));
    return "";
  }
}

package io.tollgate.sandbox.internal.gemini;

import io.tollgate.sandbox.internal.content.PromptCount;
import io.tollgate.sandbox.internal.json.Problem;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads contents, and refuses what the real provider refuses of their order. */
final class Contents {
  private static final Set<String> FIELDS = Set.of("role", "parts");

  private final PromptCount count;
  private final Parts parts;
  private final boolean signaturesNeeded;

  /** Calls of the turn before, which this one has to answer. */
  private int openCalls;

  private String before = "";

  Contents(PromptCount count, String model) {
    this.count = count;
    this.parts = new Parts(count);
    this.signaturesNeeded = model.startsWith("gemini-3");
  }

  void read(JsonNode contents) {
    if (contents.isMissingNode() || contents.isEmpty()) {
      throw Problem.invalid(
          "contents", "* GenerateContentRequest.contents: contents is not specified");
    }
    if (!contents.isArray()) {
      throw Problem.invalid(
          "contents", "Invalid value at 'contents' (expected: a list of contents)");
    }
    int turnStart = turnStart(contents);
    for (int index = 0; index < contents.size(); index++) {
      content(contents.get(index), "contents[" + index + "]", index >= turnStart);
    }
    if (openCalls > 0) {
      throw unequal();
    }
  }

  /** What the system says; it has no role. */
  void system(JsonNode content) {
    count.message();
    parts.read(content, "system_instruction", false);
    count.notByUser();
  }

  /** Where the turn that is being answered begins: at what a user said last. */
  private static int turnStart(JsonNode contents) {
    for (int index = contents.size() - 1; index > 0; index--) {
      JsonNode content = contents.get(index);
      boolean answers = false;
      for (JsonNode part : content.path("parts")) {
        answers = answers || !Proto.get(part, "functionResponse").isMissingNode();
      }
      if (!content.path("role").asString("user").equals("model") && !answers) {
        return index;
      }
    }
    return 0;
  }

  private void content(JsonNode content, String where, boolean current) {
    if (!content.isObject()) {
      throw Problem.invalid(where, "Invalid value at '" + where + "' (expected: an object)");
    }
    Proto.only(content, FIELDS, where);
    String role = Proto.text(content, "role", where + ".role").orElse("user");
    if (!role.equals("user") && !role.equals("model") && !role.equals("function")) {
      throw Problem.invalid(
          where + ".role", "Please use a valid role: user, model. Given: " + role + ".");
    }
    boolean model = role.equals("model");
    count.message();
    Parts.Seen seen = parts.read(content, where, model && current && signaturesNeeded);
    if (seen.calls() > 0 && !model) {
      throw Problem.invalid(where, "Function calls are allowed with the role model only.");
    }
    if (seen.answers() > 0 && model) {
      throw Problem.invalid(where, "Function responses are not allowed with the role model.");
    }
    if (seen.answers() != openCalls) {
      throw unequal();
    }
    if (seen.calls() > 0 && (before.isEmpty() || before.equals("model"))) {
      throw Problem.invalid(
          where,
          "Please ensure that function call turn comes immediately after a user turn or after a"
              + " function response turn.");
    }
    openCalls = seen.calls();
    before = role;
    if (model || seen.answers() > 0) {
      count.notByUser();
    }
  }

  private static Problem unequal() {
    return Problem.invalid(
        "contents",
        "Please ensure that the number of function response parts is equal to the number of function"
            + " call parts of the function call turn.");
  }
}

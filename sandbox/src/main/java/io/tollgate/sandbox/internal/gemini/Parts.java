package io.tollgate.sandbox.internal.gemini;

import io.tollgate.sandbox.internal.content.PromptCount;
import io.tollgate.sandbox.internal.content.Signatures;
import io.tollgate.sandbox.internal.json.Media;
import io.tollgate.sandbox.internal.json.Problem;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the parts of a content. */
final class Parts {
  private static final List<String> DATA =
      List.of(
          "text",
          "inlineData",
          "fileData",
          "functionCall",
          "functionResponse",
          "executableCode",
          "codeExecutionResult");
  private static final Set<String> FIELDS =
      Set.of(
          "text",
          "inlineData",
          "fileData",
          "functionCall",
          "functionResponse",
          "executableCode",
          "codeExecutionResult",
          "thought",
          "thoughtSignature",
          "videoMetadata",
          "partMetadata",
          "mediaResolution");

  /** What is documented to stand for a signature that was lost. */
  private static final Set<String> PLACEHOLDERS =
      Set.of("skip_thought_signature_validator", "context_engineering_is_the_way_to_go");

  /** How many calls, and answers of calls, were among the parts. */
  record Seen(int calls, int answers) {}

  private final PromptCount count;

  Parts(PromptCount count) {
    this.count = count;
  }

  Seen read(JsonNode content, String where, boolean signed) {
    JsonNode parts = Proto.array(content, "parts", where + ".parts");
    if (parts.isMissingNode() || parts.isEmpty()) {
      throw Problem.invalid(
          where + ".parts", "* " + where + ".parts: contents.parts must not be empty.");
    }
    int calls = 0;
    int answers = 0;
    int index = 0;
    for (JsonNode part : parts) {
      String at = where + ".parts[" + index++ + "]";
      if (!part.isObject()) {
        throw Problem.invalid(at, "Invalid value at '" + at + "' (expected: an object)");
      }
      Proto.only(part, FIELDS, at);
      String kind = kind(part, at);
      signature(part, at, signed && kind.equals("functionCall") && calls == 0);
      calls += kind.equals("functionCall") ? 1 : 0;
      answers += kind.equals("functionResponse") ? 1 : 0;
      part(part, kind, at);
    }
    return new Seen(calls, answers);
  }

  private static String kind(JsonNode part, String where) {
    List<String> given =
        DATA.stream().filter(name -> !Proto.get(part, name).isMissingNode()).toList();
    if (given.isEmpty()) {
      throw Problem.invalid(
          where,
          "* " + where + ".data: required oneof field 'data' must have one initialized field");
    }
    if (given.size() > 1) {
      throw Problem.invalid(
          where,
          "Invalid value at '" + where + "' (oneof), oneof field 'data' is already set: " + given);
    }
    return given.getFirst();
  }

  private static void signature(JsonNode part, String where, boolean needed) {
    String signature =
        Proto.text(part, "thoughtSignature", where + ".thought_signature").orElse("");
    if (signature.isEmpty()) {
      if (needed) {
        throw Problem.invalid(
            where, "Function call is missing a thought_signature in functionCall parts: " + where);
      }
      return;
    }
    if (!PLACEHOLDERS.contains(signature) && !Signatures.isOurs(signature)) {
      throw Problem.invalid(where, "Thought signature is not valid: " + where);
    }
  }

  private void part(JsonNode part, String kind, String where) {
    switch (kind) {
      case "text" -> {
        String text = Proto.text(part, "text", where + ".text").orElse("");
        if (Proto.flag(part, "thought", where + ".thought")) {
          count.read(text);
        } else {
          count.said(text);
        }
      }
      case "inlineData" -> inline(Proto.get(part, "inlineData"), where + ".inline_data");
      case "fileData" -> {
        String at = where + ".file_data";
        JsonNode file = Proto.get(part, "fileData");
        Proto.only(file, Set.of("mimeType", "fileUri", "displayName"), at);
        if (Proto.text(file, "fileUri", at + ".file_uri").isEmpty()) {
          throw Problem.invalid(at, "* " + at + ".file_uri: must not be empty");
        }
        count.other(part.toString());
      }
      case "functionCall" -> {
        String at = where + ".function_call";
        JsonNode call = Proto.get(part, "functionCall");
        Proto.only(call, Set.of("id", "name", "args", "partialArgs", "willContinue"), at);
        named(call, at);
        Proto.object(call, "args", at + ".args");
        count.read(call.toString());
      }
      case "functionResponse" -> {
        String at = where + ".function_response";
        JsonNode answer = Proto.get(part, "functionResponse");
        Proto.only(
            answer, Set.of("id", "name", "response", "willContinue", "scheduling", "parts"), at);
        named(answer, at);
        if (Proto.object(answer, "response", at + ".response").isEmpty()) {
          throw Problem.invalid(at, "* " + at + ".response: must not be empty");
        }
        count.read(answer.toString());
      }
      default -> count.other(part.toString());
    }
  }

  private static void named(JsonNode function, String where) {
    if (Proto.text(function, "name", where + ".name").orElse("").isEmpty()) {
      throw Problem.invalid(where, "* " + where + ".name: Name cannot be empty.");
    }
  }

  private void inline(JsonNode data, String where) {
    Proto.only(data, Set.of("mimeType", "data", "displayName"), where);
    String type = Proto.text(data, "mimeType", where + ".mime_type").orElse("");
    if (!type.matches("[a-z]+/[-+.a-z0-9]+")) {
      throw Problem.invalid(where, "Unsupported MIME type: " + type);
    }
    Media.base64(Proto.text(data, "data", where + ".data").orElse(""), where + ".data");
    if (type.startsWith("image/")) {
      count.image(data.toString());
    } else if (type.startsWith("audio/")) {
      count.audio(data.toString());
    } else {
      count.other(data.toString());
    }
  }
}

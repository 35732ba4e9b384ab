package io.tollgate.sandbox.internal.responses;

import io.tollgate.sandbox.internal.content.PromptCount;
import io.tollgate.sandbox.internal.content.Signatures;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Media;
import io.tollgate.sandbox.internal.json.Problem;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the input of a response, and refuses what the real provider refuses of it. */
final class InputItems {
  private static final Set<String> IMAGES =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp");
  private static final List<String> ROLES = List.of("user", "assistant", "system", "developer");
  private static final List<String> OF_ASSISTANT = List.of("output_text", "refusal");
  private static final List<String> OF_OTHERS =
      List.of("input_text", "input_image", "input_file", "input_audio");

  /** Items of tools that are the provider's own; they are read as they are. */
  private static final Set<String> BUILT_IN =
      Set.of(
          "file_search_call",
          "web_search_call",
          "computer_call",
          "computer_call_output",
          "image_generation_call",
          "code_interpreter_call",
          "local_shell_call",
          "local_shell_call_output",
          "shell_call",
          "shell_call_output",
          "apply_patch_call",
          "apply_patch_call_output",
          "mcp_list_tools",
          "mcp_approval_request",
          "mcp_approval_response",
          "mcp_call",
          "custom_tool_call",
          "custom_tool_call_output",
          "compaction");

  private final PromptCount count;
  private final Set<String> calls = new LinkedHashSet<>();
  private final Set<String> results = new HashSet<>();
  private boolean refersToItems;

  /** The input after an earlier response whose calls may be answered. */
  InputItems(PromptCount count, Collection<String> openCalls) {
    this.count = count;
    calls.addAll(openCalls);
  }

  void read(JsonNode input) {
    if (input.isString()) {
      count.message();
      count.said(input.stringValue());
    } else if (input.isArray()) {
      int index = 0;
      for (JsonNode item : input) {
        item(item, "input[" + index++ + "]");
      }
    } else if (!input.isMissingNode() && !input.isNull()) {
      throw JsonFields.wrongType("input", "a string or an array", input);
    }
    for (String call : calls) {
      if (!results.contains(call)) {
        throw Problem.invalid("input", "", "No tool output found for function call " + call + ".");
      }
    }
  }

  private void item(JsonNode item, String where) {
    if (!item.isObject()) {
      throw JsonFields.wrongType(where, "an object", item);
    }
    String type =
        item.has("type")
            ? JsonFields.text(item, "type", where + ".type")
            : item.has("role") ? "message" : "";
    switch (type) {
      case "message" -> message(item, where);
      case "function_call" -> {
        String id = JsonFields.text(item, "call_id", where + ".call_id");
        JsonFields.text(item, "name", where + ".name");
        count.message();
        count.read(
            item.path("name").asString()
                + JsonFields.text(item, "arguments", where + ".arguments"));
        count.notByUser();
        calls.add(id);
      }
      case "function_call_output" -> result(item, where);
      case "reasoning" -> reasoning(item, where);
      case "item_reference" -> {
        JsonFields.text(item, "id", where + ".id");
        refersToItems = true;
      }
      default -> {
        if (!BUILT_IN.contains(type)) {
          throw Problem.invalid(
              where + ".type",
              "Invalid value: '" + type + "' (expected: message, function_call, …).");
        }
        count.other(item.toString());
      }
    }
  }

  private void message(JsonNode item, String where) {
    String role = JsonFields.text(item, "role", where + ".role");
    if (!ROLES.contains(role)) {
      throw Problem.invalid(
          where + ".role", "Invalid value: '" + role + "'. Supported values are: " + ROLES + ".");
    }
    count.message();
    JsonNode content = item.path("content");
    if (content.isString()) {
      count.said(content.stringValue());
    } else if (content.isArray()) {
      parts(content, role.equals("assistant") ? OF_ASSISTANT : OF_OTHERS, where + ".content");
    } else if (content.isMissingNode() || content.isNull()) {
      throw JsonFields.missing(where + ".content");
    } else {
      throw JsonFields.wrongType(where + ".content", "a string or an array", content);
    }
    if (!role.equals("user")) {
      count.notByUser();
    }
  }

  private void parts(JsonNode content, List<String> allowed, String where) {
    int index = 0;
    for (JsonNode part : content) {
      String at = where + "[" + index++ + "]";
      if (!part.isObject()) {
        throw JsonFields.wrongType(at, "an object", part);
      }
      String type = JsonFields.text(part, "type", at + ".type");
      if (!allowed.contains(type)) {
        throw Problem.invalid(
            at + ".type", "Invalid value: '" + type + "'. Supported values are: " + allowed + ".");
      }
      switch (type) {
        case "input_text", "output_text" -> count.said(JsonFields.text(part, "text", at + ".text"));
        case "refusal" -> count.said(JsonFields.text(part, "refusal", at + ".refusal"));
        case "input_image" -> {
          if (!part.has("file_id")) {
            String url = JsonFields.text(part, "image_url", at + ".image_url");
            Media.url(url, IMAGES, at + ".image_url");
          }
          count.image(part.toString());
        }
        case "input_audio" -> count.audio(part.toString());
        default -> count.other(part.toString());
      }
    }
  }

  private void result(JsonNode item, String where) {
    String id = JsonFields.text(item, "call_id", where + ".call_id");
    if (!calls.contains(id) && !refersToItems) {
      throw Problem.invalid(
          "input", "", "No tool call found for function call output with call_id " + id + ".");
    }
    results.add(id);
    count.message();
    JsonNode output = item.path("output");
    if (output.isString()) {
      count.read(output.stringValue());
    } else if (output.isArray()) {
      parts(output, OF_OTHERS, where + ".output");
    } else {
      throw output.isMissingNode()
          ? JsonFields.missing(where + ".output")
          : JsonFields.wrongType(where + ".output", "a string or an array", output);
    }
    count.notByUser();
  }

  private void reasoning(JsonNode item, String where) {
    if (!item.path("summary").isArray()) {
      throw JsonFields.missing(where + ".summary");
    }
    JsonFields.optionalText(item, "encrypted_content", where + ".encrypted_content")
        .ifPresent(
            secret -> {
              if (!Signatures.isOurs(secret)) {
                throw Problem.invalid(
                    where,
                    "invalid_encrypted_content",
                    "The encrypted content of '" + where + "' could not be verified.");
              }
            });
    for (JsonNode part : item.path("summary")) {
      count.read(part.path("text").asString(""));
    }
  }
}

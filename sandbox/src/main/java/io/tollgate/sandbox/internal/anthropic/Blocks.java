package io.tollgate.sandbox.internal.anthropic;

import io.tollgate.sandbox.internal.content.PromptCount;
import io.tollgate.sandbox.internal.content.Signatures;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Media;
import io.tollgate.sandbox.internal.json.Problem;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads blocks of content; which may stand where depends on the place. */
final class Blocks {
  /** Where blocks stand. */
  enum Place {
    SYSTEM(List.of("text")),
    USER(List.of("text", "image", "document", "search_result", "tool_result", "container_upload")),
    ASSISTANT(
        List.of(
            "text",
            "thinking",
            "redacted_thinking",
            "tool_use",
            "server_tool_use",
            "web_search_tool_result",
            "web_fetch_tool_result",
            "code_execution_tool_result")),
    RESULT(List.of("text", "image", "document", "search_result", "tool_reference"));

    private final List<String> types;

    Place(List<String> types) {
      this.types = types;
    }
  }

  private static final Set<String> IMAGES =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

  private final PromptCount count;
  private final CacheMarks marks;

  Blocks(PromptCount count, CacheMarks marks) {
    this.count = count;
    this.marks = marks;
  }

  /** Reads text, or an array of blocks. */
  void read(JsonNode content, Place place, String where) {
    if (content.isString()) {
      text(content.stringValue(), where);
      return;
    }
    if (!content.isArray()) {
      throw JsonFields.wrongType(where, "a string or an array", content);
    }
    int index = 0;
    for (JsonNode block : content) {
      block(block, place, where + "." + index++);
    }
  }

  private void text(String text, String where) {
    if (text.isEmpty()) {
      throw Problem.invalid(where, where + ": text content blocks must be non-empty");
    }
    count.said(text);
  }

  private void block(JsonNode block, Place place, String where) {
    if (!block.isObject()) {
      throw JsonFields.wrongType(where, "an object", block);
    }
    String type = JsonFields.text(block, "type", where + ".type");
    if (!place.types.contains(type)) {
      throw Problem.invalid(
          where, where + ": Input tag '" + type + "' found (expected: one of " + place.types + ")");
    }
    if (type.endsWith("thinking") && block.has("cache_control")) {
      throw Problem.invalid(where, where + ".cache_control: Extra inputs are not permitted");
    }
    switch (type) {
      case "text" -> {
        only(block, Set.of("type", "text", "cache_control", "citations"), where);
        text(JsonFields.text(block, "text", where + ".text"), where);
      }
      case "image" -> {
        only(block, Set.of("type", "source", "cache_control"), where);
        source(block, List.of("base64", "url", "file"), IMAGES, where);
        count.image(bare(block));
      }
      case "document" -> document(block, where);
      case "thinking" -> thinking(block, where);
      case "redacted_thinking" -> count.read(JsonFields.text(block, "data", where + ".data"));
      case "tool_use" -> {
        only(block, Set.of("type", "id", "name", "input", "cache_control", "caller"), where);
        JsonFields.text(block, "name", where + ".name");
        if (JsonFields.object(block, "input", where + ".input").isEmpty()) {
          throw JsonFields.missing(where + ".input");
        }
        count.read(bare(block));
      }
      case "tool_result" -> result(block, where);
      default -> count.other(bare(block));
    }
    marks.after(block, where);
  }

  private void thinking(JsonNode block, String where) {
    only(block, Set.of("type", "thinking", "signature"), where);
    String text = JsonFields.text(block, "thinking", where + ".thinking");
    String signature = JsonFields.text(block, "signature", where + ".signature");
    if (!Signatures.fits(signature, text)) {
      throw Problem.invalid(where, where + ": Invalid `signature` in `thinking` block");
    }
    count.read(text);
  }

  private void result(JsonNode block, String where) {
    only(block, Set.of("type", "tool_use_id", "content", "is_error", "cache_control"), where);
    JsonFields.flag(block, "is_error");
    JsonNode content = block.path("content");
    if (content.isString()) {
      count.read(content.stringValue());
    } else if (!content.isMissingNode() && !content.isNull()) {
      read(content, Place.RESULT, where + ".content");
    }
  }

  private void document(JsonNode block, String where) {
    only(block, Set.of("type", "source", "cache_control", "citations", "context", "title"), where);
    String type =
        source(
            block,
            List.of("base64", "text", "url", "content", "file"),
            Set.of("application/pdf"),
            where);
    if (type.equals("text")) {
      count.read(JsonFields.text(block.path("source"), "data", where + ".source.data"));
    } else {
      count.other(bare(block));
    }
  }

  private static String source(
      JsonNode block, List<String> types, Set<String> media, String where) {
    String at = where + ".source";
    JsonNode source =
        JsonFields.object(block, "source", at).orElseThrow(() -> JsonFields.missing(at));
    String type = JsonFields.text(source, "type", at + ".type");
    if (!types.contains(type)) {
      throw Problem.invalid(
          at, at + ": Input tag '" + type + "' found (expected: one of " + types + ")");
    }
    switch (type) {
      case "base64" -> {
        String data = JsonFields.text(source, "data", at + ".data");
        Media.type(JsonFields.text(source, "media_type", at + ".media_type"), media, at);
        Media.base64(data, at + ".data");
      }
      case "url" -> {
        String url = JsonFields.text(source, "url", at + ".url");
        if (!url.startsWith("https://") && !url.startsWith("http://")) {
          throw Problem.invalid(at, at + ".url: Only HTTPS URLs are supported.");
        }
      }
      case "file" -> JsonFields.text(source, "file_id", at + ".file_id");
      default -> {
        // its text is read by who asked
      }
    }
    return type;
  }

  /** The block's JSON without its mark, which is no part of the prompt. */
  static String bare(JsonNode block) {
    if (!block.has("cache_control")) {
      return block.toString();
    }
    ObjectNode copy = (ObjectNode) block.deepCopy();
    copy.remove("cache_control");
    return copy.toString();
  }

  private static void only(JsonNode block, Set<String> known, String where) {
    AnthropicDialect.only(JsonFields.unknown(block, known), where);
  }
}

package io.tollgate.relay.protocols.anthropic.request;

import io.tollgate.relay.protocols.conversation.CacheMark;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.util.Optional;

/**
 * Reads and writes {@code cache_control}.
 *
 * @see <a href="https://platform.claude.com/docs/en/build-with-claude/prompt-caching">Prompt
 *     caching</a>
 */
final class CacheMarks {
  private static final String NAME = "cache_control";

  private CacheMarks() {}

  /** The mark of a block, a tool or a request. */
  static CacheMark of(BodyNode marked) {
    Optional<BodyNode> given = marked.member(NAME);
    if (given.isEmpty()) {
      return CacheMark.NONE;
    }
    String ttl = given.get().object().word("ttl");
    return switch (ttl) {
      case "", "5m" -> CacheMark.FIVE_MINUTES;
      case "1h" -> CacheMark.ONE_HOUR;
      default -> throw given.get().fault("ttl " + Given.shown(ttl) + " (expected: 5m or 1h)");
    };
  }

  /** Writes a mark into the object that is open. */
  static void write(CacheMark mark, JsonWriter json) {
    switch (mark) {
      case NONE -> {}
      case FIVE_MINUTES -> json.name(NAME).object().name("type").value("ephemeral").endObject();
      case ONE_HOUR ->
          json.name(NAME)
              .object()
              .name("type")
              .value("ephemeral")
              .name("ttl")
              .value("1h")
              .endObject();
    }
  }

  /** The part with a mark, where it can have one and has none. */
  static Part marked(Part part, CacheMark mark) {
    if (part.cache() != CacheMark.NONE) {
      return part;
    }
    return switch (part) {
      case Part.Text text -> new Part.Text(text.text(), mark);
      case Part.Image image -> new Part.Image(image.media(), image.detail(), mark);
      case Part.Document document -> new Part.Document(document.media(), document.title(), mark);
      case Part.ToolCall call ->
          new Part.ToolCall(call.id(), call.name(), call.arguments(), call.signature(), mark);
      case Part.ToolResult result ->
          new Part.ToolResult(
              result.callId(), result.name(), result.content(), result.error(), mark);
      case Part.Refusal _, Part.Audio _, Part.Thinking _, Part.RedactedThinking _ -> part;
    };
  }
}

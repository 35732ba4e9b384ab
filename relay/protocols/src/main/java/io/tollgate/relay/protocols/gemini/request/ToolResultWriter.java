package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.util.Locale;

/**
 * Writes what tools answered: an object as it is, a text as {@code output}, and as {@code error}
 * where the tool failed. Pictures stand in the response itself for models that read them there, and
 * after all responses for older ones.
 */
final class ToolResultWriter {
  private final MediaWriter media;
  private final boolean mediaInResponses;

  ToolResultWriter(String model, MediaWriter media) {
    this.media = media;
    String name = model.toLowerCase(Locale.ROOT);
    mediaInResponses = !name.contains("gemini-1") && !name.contains("gemini-2");
  }

  void write(Part.ToolResult result, JsonString called, JsonWriter json) {
    json.object().name("functionResponse").object();
    if (!result.callId().isEmpty()) {
      json.name("id").value(result.callId());
    }
    json.name("name").value(result.name().isEmpty() ? called : result.name());
    response(result, json);
    if (mediaInResponses && hasMedia(result)) {
      json.name("parts").array();
      media(result, json);
      json.endArray();
    }
    json.endObject().endObject();
  }

  /** What of it stands after all responses. */
  void writeMedia(Part.ToolResult result, JsonWriter json) {
    if (!mediaInResponses) {
      media(result, json);
    }
  }

  private static void response(Part.ToolResult result, JsonWriter json) {
    JsonString words = words(result);
    byte[] plain = words.utf8();
    json.name("response");
    if (!result.error() && EmbeddedJson.isObject(plain)) {
      json.raw(plain);
      return;
    }
    json.object().name(result.error() ? "error" : "output").value(words).endObject();
  }

  /** All texts of it, each on its own lines. */
  private static JsonString words(Part.ToolResult result) {
    ByteSink joined = new ByteSink();
    boolean escaped = false;
    int texts = 0;
    for (Part part : result.content()) {
      JsonString text =
          switch (part) {
            case Part.Text said -> said.text();
            case Part.Document(Media.Words(JsonString said), var _, var _) -> said;
            case Part.Document _,
                Part.Image _,
                Part.Audio _,
                Part.Refusal _,
                Part.ToolCall _,
                Part.ToolResult _,
                Part.Thinking _,
                Part.RedactedThinking _ ->
                JsonString.EMPTY;
          };
      if (!text.isEmpty()) {
        if (texts++ > 0) {
          joined.add(new byte[] {'\\', 'n'}, 0, 2);
          escaped = true;
        }
        joined.add(text.bytes(), text.from(), text.to());
        escaped |= text.escaped();
      }
    }
    int length = joined.length();
    return new JsonString(joined.take(), 0, length, escaped);
  }

  private static boolean hasMedia(Part.ToolResult result) {
    return result.content().stream().anyMatch(ToolResultWriter::isMedia);
  }

  private static boolean isMedia(Part part) {
    return switch (part) {
      case Part.Image _, Part.Audio _ -> true;
      case Part.Document document -> !(document.media() instanceof Media.Words);
      case Part.Text _,
          Part.Refusal _,
          Part.ToolCall _,
          Part.ToolResult _,
          Part.Thinking _,
          Part.RedactedThinking _ ->
          false;
    };
  }

  private void media(Part.ToolResult result, JsonWriter json) {
    for (Part part : result.content()) {
      switch (part) {
        case Part.Image image -> media.write(image.media(), json);
        case Part.Audio audio -> media.write(audio.media(), json);
        case Part.Document document -> {
          if (isMedia(document)) {
            media.write(document.media(), json);
          }
        }
        case Part.Text _,
            Part.Refusal _,
            Part.ToolCall _,
            Part.ToolResult _,
            Part.Thinking _,
            Part.RedactedThinking _ -> {}
      }
    }
  }
}

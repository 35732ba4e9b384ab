package io.tollgate.sandbox.internal.openai;

import io.tollgate.sandbox.internal.content.PromptCount;
import io.tollgate.sandbox.internal.json.JsonFields;
import io.tollgate.sandbox.internal.json.Media;
import io.tollgate.sandbox.internal.json.Problem;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the parts of a chat message; which may stand there depends on the role. */
final class ChatParts {
  static final Set<String> IMAGES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");
  private static final List<String> OF_USER = List.of("text", "image_url", "input_audio", "file");
  private static final List<String> OF_ASSISTANT = List.of("text", "refusal");
  private static final List<String> OF_OTHERS = List.of("text");

  private final PromptCount count;

  ChatParts(PromptCount count) {
    this.count = count;
  }

  void read(JsonNode part, String role, String where) {
    if (!part.isObject()) {
      throw JsonFields.wrongType(where, "an object", part);
    }
    String type = JsonFields.text(part, "type", where + ".type");
    List<String> allowed =
        switch (role) {
          case "user" -> OF_USER;
          case "assistant" -> OF_ASSISTANT;
          default -> OF_OTHERS;
        };
    if (!allowed.contains(type)) {
      throw Problem.invalid(
          where + ".type", "Invalid value: '" + type + "'. Supported values are: " + allowed + ".");
    }
    switch (type) {
      case "text", "refusal" -> count.said(JsonFields.text(part, type, where + "." + type));
      case "image_url" -> {
        String at = where + ".image_url.url";
        JsonNode image =
            JsonFields.object(part, "image_url", where + ".image_url")
                .orElseThrow(() -> JsonFields.missing(where + ".image_url"));
        Media.url(JsonFields.text(image, "url", at), IMAGES, at);
        count.image(part.toString());
      }
      case "input_audio" -> {
        String at = where + ".input_audio";
        JsonNode audio = part.path("input_audio");
        Media.base64(JsonFields.text(audio, "data", at + ".data"), at + ".data");
        JsonFields.text(audio, "format", at + ".format");
        JsonFields.word(audio, "format", at + ".format", List.of("wav", "mp3"));
        count.audio(part.toString());
      }
      default -> {
        if (!part.path("file").isObject()) {
          throw JsonFields.missing(where + ".file");
        }
        count.other(part.toString());
      }
    }
  }
}

package io.tollgate.relay.protocols.openai.request;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.DataUrl;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.internal.json.JsonFields;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the content of chat messages: a string, or parts. */
final class MessageParts {
  /** An object without members, inside a string. */
  static final JsonString NO_ARGUMENTS = JsonString.of("{}");

  private MessageParts() {}

  /** What a user or a tool says. */
  static List<Part> of(JsonFields message) {
    return parts(message, false);
  }

  /** What the system or the assistant says: words. */
  static List<Part> texts(JsonFields message) {
    return parts(message, true);
  }

  private static List<Part> parts(JsonFields message, boolean textsOnly) {
    Optional<JsonTree> content = message.value("content");
    if (content.isEmpty()) {
      return List.of();
    }
    if (content.get() instanceof JsonTree.Text text) {
      return text.isEmpty()
          ? List.of()
          : List.of(new Part.Text(text.string(), MessageTurns.cache(message)));
    }
    if (!(content.get() instanceof JsonTree.Items)) {
      throw message.unknown("content", "neither", "a string or an array of parts");
    }
    List<JsonTree> items = message.items("content").orElse(List.of());
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      JsonFields part = JsonFields.of(message.path("content[" + i + "]"), items.get(i));
      String type = part.neededText("type").text();
      parts.add(
          switch (type) {
            case "text" -> new Part.Text(part.neededText("text"), MessageTurns.cache(part));
            case "refusal" -> new Part.Refusal(part.neededText("refusal"));
            default -> {
              if (textsOnly) {
                throw part.unknown("type", type, "text");
              }
              yield media(part, type);
            }
          });
    }
    return parts;
  }

  private static Part media(JsonFields part, String type) {
    return switch (type) {
      case "image_url" -> image(part);
      case "input_audio" -> sound(part.neededObject("input_audio"));
      case "file" -> document(part, part.neededObject("file"));
      default -> throw part.unknown("type", type, "text, image_url, input_audio or file");
    };
  }

  private static Part image(JsonFields part) {
    JsonFields image = part.neededObject("image_url");
    JsonString url = image.neededText("url");
    return new Part.Image(
        media(image.path("url"), url),
        image.text("detail").map(JsonString::text),
        MessageTurns.cache(part));
  }

  private static Part sound(JsonFields sound) {
    String format = sound.neededText("format").text();
    if (!format.equals("wav") && !format.equals("mp3")) {
      throw sound.unknown("format", format, "wav or mp3");
    }
    JsonString data = sound.neededText("data");
    if (!DataUrl.isBase64(data)) {
      throw RequestFault.of(sound.path("data"), "not base64 (expected: base64)");
    }
    return new Part.Audio(
        new Media.Inline(format.equals("wav") ? "audio/wav" : "audio/mpeg", data));
  }

  private static Part document(JsonFields part, JsonFields file) {
    if (file.has("file_id")) {
      throw RequestFault.of(
          file.path("file_id"),
          "a file at OpenAI (expected: file_data, as this model's provider has no such file)");
    }
    JsonString data = file.neededText("file_data");
    Media media = media(file.path("file_data"), data);
    if (media instanceof Media.Address) {
      throw RequestFault.of(file.path("file_data"), "an address (expected: data:…;base64,…)");
    }
    return new Part.Document(media, file.text("filename"), MessageTurns.cache(part));
  }

  private static Media media(String path, JsonString url) {
    Optional<Media.Inline> inline = DataUrl.read(url);
    if (inline.isPresent()) {
      return inline.get();
    }
    if (DataUrl.isAddress(url)) {
      return new Media.Address(url);
    }
    throw RequestFault.of(
        path, "neither an address nor base64 (expected: https://… or data:…;base64,…)");
  }
}

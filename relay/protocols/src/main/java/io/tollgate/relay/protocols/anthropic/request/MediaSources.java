package io.tollgate.relay.protocols.anthropic.request;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/** Reads and writes where the bytes of an image or a document are. */
final class MediaSources {
  private static final Set<String> IMAGES =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp");

  private MediaSources() {}

  static Media read(BodyNode source) {
    String type = source.word("type");
    return switch (type) {
      case "base64" ->
          new Media.Inline(
              source.required("media_type", "a media type").text().text().toLowerCase(Locale.ROOT),
              source.required("data", "base64").text());
      case "text" -> new Media.Words(source.required("data", "a text").text());
      case "url" -> new Media.Address(url(source.required("url", "an address")));
      default ->
          throw source.fault(
              "of type "
                  + Given.shown(type)
                  + ", which only Anthropic's models know (expected: base64, url or text)");
    };
  }

  /** Writes the source of an image. */
  static void writeImage(Media media, JsonWriter json) {
    switch (media) {
      case Media.Inline(String type, JsonString base64) -> {
        if (!IMAGES.contains(type)) {
          throw RequestFault.of(
              "messages",
              "an image of type "
                  + Given.shown(type)
                  + " (expected: image/jpeg, image/png, image/gif or image/webp)");
        }
        writeBase64(type, base64, json);
      }
      case Media.Address(JsonString url) -> writeAddress(url, json);
      case Media.Words _ ->
          throw RequestFault.of("messages", "an image that is a text (expected: base64 or a URL)");
    }
  }

  /** Writes the source of a document. */
  static void writeDocument(Media media, JsonWriter json) {
    switch (media) {
      case Media.Inline(String type, JsonString base64) -> {
        if (type.equals("application/pdf")) {
          writeBase64(type, base64, json);
        } else if (type.startsWith("text/")) {
          writeWords(JsonString.of(decoded(base64)), json);
        } else {
          throw RequestFault.of(
              "messages",
              "a document of type " + Given.shown(type) + " (expected: application/pdf or a text)");
        }
      }
      case Media.Address(JsonString url) -> writeAddress(url, json);
      case Media.Words(JsonString text) -> writeWords(text, json);
    }
  }

  private static void writeBase64(String type, JsonString base64, JsonWriter json) {
    json.object().name("type").value("base64").name("media_type").value(type);
    json.name("data").value(base64).endObject();
  }

  private static void writeAddress(JsonString url, JsonWriter json) {
    json.object().name("type").value("url").name("url").value(url).endObject();
  }

  private static void writeWords(JsonString text, JsonWriter json) {
    json.object().name("type").value("text").name("media_type").value("text/plain");
    json.name("data").value(text).endObject();
  }

  private static String decoded(JsonString base64) {
    String text = base64.text().replace('-', '+').replace('_', '/');
    try {
      return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw RequestFault.of("messages", "a document that is not base64 (expected: base64)");
    }
  }

  private static JsonString url(BodyNode given) {
    String url = given.text().text();
    if (!url.startsWith("https://") && !url.startsWith("http://")) {
      throw given.fault("an address of another kind (expected: http or https)");
    }
    return given.text();
  }
}

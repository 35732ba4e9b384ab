package io.tollgate.relay.protocols.responses.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.RequestFault;
import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.conversation.Part;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonText;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.nio.charset.StandardCharsets;

/** Writes the parts of a message: texts, pictures, documents and sounds. */
final class PartsWriter {
  private static final JsonString UNNAMED_PDF = JsonString.of("document.pdf");
  private static final JsonString UNNAMED = JsonString.of("document");

  private final JsonWriter json;

  PartsWriter(JsonWriter json) {
    this.json = requireNonNull(json, "json is null");
  }

  void text(JsonString text, String type) {
    json.object().name("type").value(type).name("text").value(text).endObject();
  }

  void image(Part.Image image) {
    switch (image.media()) {
      case Media.Inline inline -> image(dataUrl(inline), image);
      case Media.Address(JsonString url) -> image(url, image);
      case Media.Words(JsonString words) -> text(words, "input_text");
    }
  }

  private void image(JsonString url, Part.Image image) {
    json.object().name("type").value("input_image").name("image_url").value(url);
    json.name("detail").value(image.detail().orElse("auto")).endObject();
  }

  void document(Part.Document document) {
    switch (document.media()) {
      case Media.Inline inline -> {
        boolean pdf = inline.type().equals("application/pdf");
        json.object().name("type").value("input_file").name("filename");
        json.value(document.title().orElse(pdf ? UNNAMED_PDF : UNNAMED));
        json.name("file_data").value(dataUrl(inline)).endObject();
      }
      case Media.Address(JsonString url) ->
          json.object().name("type").value("input_file").name("file_url").value(url).endObject();
      case Media.Words(JsonString words) -> {
        document.title().ifPresent(title -> text(title, "input_text"));
        text(words, "input_text");
      }
    }
  }

  void audio(Part.Audio audio) {
    if (!(audio.media() instanceof Media.Inline inline)) {
      throw RequestFault.of("input_audio", "not in the request (expected: base64)");
    }
    String format =
        switch (inline.type()) {
          case "audio/wav", "audio/x-wav", "audio/wave" -> "wav";
          case "audio/mpeg", "audio/mp3" -> "mp3";
          default ->
              throw RequestFault.of("input_audio", inline.type() + " (expected: WAV or MP3)");
        };
    json.object().name("type").value("input_audio").name("input_audio").object();
    json.name("data").value(inline.base64()).name("format").value(format).endObject().endObject();
  }

  private static JsonString dataUrl(Media.Inline inline) {
    String quoted = JsonText.quote("data:" + inline.type() + ";base64,");
    byte[] head = quoted.substring(1, quoted.length() - 1).getBytes(StandardCharsets.UTF_8);
    JsonString data = inline.base64();
    ByteSink url = new ByteSink();
    url.add(head, 0, head.length);
    url.add(data.bytes(), data.from(), data.to());
    byte[] bytes = url.take();
    return new JsonString(bytes, 0, bytes.length, true);
  }
}

package io.tollgate.relay.protocols.gemini.answer;

import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonWriter;
import java.util.Optional;

/** Parts as Gemini writes them. */
final class PartJson {
  private PartJson() {}

  static byte[] words(JsonString text, boolean thought, Optional<JsonString> signature) {
    ByteSink out = new ByteSink();
    JsonWriter json = new JsonWriter(out).object().name("text").value(text);
    if (thought) {
      json.name("thought").value(true);
    }
    return ended(json, signature, out);
  }

  static byte[] call(
      JsonString id, JsonString name, byte[] arguments, Optional<JsonString> signature) {
    ByteSink out = new ByteSink();
    JsonWriter json = new JsonWriter(out).object().name("functionCall").object();
    if (!id.isEmpty()) {
      json.name("id").value(id);
    }
    json.name("name").value(name).name("args").raw(arguments).endObject();
    return ended(json, signature, out);
  }

  static byte[] inline(Media.Inline media) {
    ByteSink out = new ByteSink();
    new JsonWriter(out)
        .object()
        .name("inlineData")
        .object()
        .name("mimeType")
        .value(media.type())
        .name("data")
        .value(media.base64())
        .endObject()
        .endObject();
    return out.take();
  }

  private static byte[] ended(JsonWriter json, Optional<JsonString> signature, ByteSink out) {
    signature.ifPresent(text -> json.name("thoughtSignature").value(text));
    json.endObject();
    return out.take();
  }
}

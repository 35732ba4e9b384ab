package io.tollgate.relay.protocols.anthropic.answer;

import io.tollgate.relay.protocols.conversation.Media;
import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonText;
import java.nio.charset.StandardCharsets;

/**
 * Says a picture or a sound in words: Anthropic's answers have no block for it, and what was paid
 * for is not left out. It is written as Markdown with the data in its address.
 */
final class ProducedText {
  private ProducedText() {}

  static JsonString of(Media.Inline media) {
    String type = JsonText.quote(media.type());
    String plain = type.substring(1, type.length() - 1);
    ByteSink text = new ByteSink();
    put((plain.startsWith("image/") ? "![](data:" : "[" + plain + "](data:") + plain, text);
    put(";base64,", text);
    text.add(media.base64().bytes(), media.base64().from(), media.base64().to());
    put(")", text);
    byte[] bytes = text.take();
    return new JsonString(bytes, 0, bytes.length, true);
  }

  private static void put(String text, ByteSink out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.add(bytes, 0, bytes.length);
  }
}

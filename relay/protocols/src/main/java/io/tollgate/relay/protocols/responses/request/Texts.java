package io.tollgate.relay.protocols.responses.request;

import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Joins texts as they are written. */
final class Texts {
  private static final byte[] BETWEEN = "\\n\\n".getBytes(StandardCharsets.US_ASCII);

  private Texts() {}

  /** One text of several, an empty line between them. */
  static JsonString joined(List<JsonString> texts) {
    if (texts.size() == 1) {
      return texts.getFirst();
    }
    ByteSink all = new ByteSink();
    for (JsonString text : texts) {
      if (all.length() > 0) {
        all.add(BETWEEN, 0, BETWEEN.length);
      }
      all.add(text.bytes(), text.from(), text.to());
    }
    byte[] bytes = all.take();
    return new JsonString(bytes, 0, bytes.length, true);
  }
}

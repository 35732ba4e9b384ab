package io.tollgate.relay.protocols.gemini.answer;

import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.Optional;

/** Collects the parts of a document: pieces of one text become one part. */
final class DocumentParts {
  private static final byte[] COMMA = {','};

  private final ByteSink parts = new ByteSink();
  private final ByteSink words = new ByteSink();
  private boolean thought;
  private Optional<JsonString> signature = Optional.empty();

  void words(JsonString text, boolean isThought) {
    if (thought != isThought) {
      wordsEnded();
    }
    thought = isThought;
    words.add(text.bytes(), text.from(), text.to());
  }

  /** The thoughts that are collected are signed. */
  void signed(JsonString text) {
    if (!thought) {
      wordsEnded();
    }
    thought = true;
    signature = Optional.of(text);
  }

  void wordsEnded() {
    if (words.length() > 0 || signature.isPresent()) {
      int length = words.length();
      JsonString text = new JsonString(words.take(), 0, length, true);
      byte[] json = PartJson.words(text, thought, signature);
      signature = Optional.empty();
      put(json);
    }
  }

  void add(byte[] json) {
    wordsEnded();
    put(json);
  }

  private void put(byte[] json) {
    if (parts.length() > 0) {
      parts.add(COMMA, 0, 1);
    }
    parts.add(json, 0, json.length);
  }

  /** All parts, with commas between them. */
  byte[] taken() {
    wordsEnded();
    return parts.take();
  }
}

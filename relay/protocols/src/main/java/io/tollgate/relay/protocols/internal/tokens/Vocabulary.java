package io.tollgate.relay.protocols.internal.tokens;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;

/** Loads a tokenizer's vocabulary. */
final class Vocabulary {
  private Vocabulary() {}

  static Encoding load(EncodingType type) {
    return Encodings.newLazyEncodingRegistry().getEncoding(type);
  }
}

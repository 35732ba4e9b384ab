package io.tollgate.relay.protocols.embeddings;

import io.tollgate.relay.protocols.internal.json.JsonString;
import java.util.List;
import java.util.OptionalInt;

/**
 * What vectors are wanted for.
 *
 * @param texts at least one; a vector is wanted for each, in this order
 * @param dimensions how many numbers a vector is to have, where that is said
 * @param hints what another protocol cannot be told, by the caller's names; no answer is wrong for
 *     lack of it
 */
public record TextsToEmbed(List<JsonString> texts, OptionalInt dimensions, List<String> hints) {
  public TextsToEmbed {
    texts = List.copyOf(texts);
    hints = List.copyOf(hints);
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("texts: none (expected: at least one)");
    }
  }
}

package io.tollgate.relay.protocols.openai.answer;

import io.tollgate.relay.protocols.TextTally;
import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.tokens.Base64Text;

/**
 * Counts what a message or delta says: every string, wherever it stands, unless its name says that
 * it is framing. Sound and pictures are content but no text. Reasoning that stands in two places of
 * one delta, as OpenRouter and others write it, is counted once.
 */
final class MessageText {
  private static final JsonNames<Meaning> MEANINGS =
      new JsonNames.Builder<Meaning>()
          .add(
              Meaning.FRAMING,
              "role",
              "id",
              "type",
              "format",
              "signature",
              "encrypted_content",
              "extra_content",
              "mime_type")
          .add(Meaning.NO_TEXT, "data", "b64_json", "image_url", "video_url")
          .add(
              Meaning.REASONING,
              "reasoning_content",
              "reasoning",
              "reasoning_details",
              "reasoning_text",
              "thinking_blocks")
          .build();

  private MessageText() {}

  /** What the name of a member says of its value. */
  private enum Meaning {
    FRAMING,
    NO_TEXT,
    REASONING
  }

  /**
   * Reads to the end of the object whose start was just returned.
   *
   * @return whether there is content that is no text
   */
  static boolean add(JsonScanner scanner, byte[] bytes, TextTally tally) {
    int inside = scanner.depth();
    boolean other = false;
    boolean reasoned = false;
    JsonToken token = scanner.next();
    while (token != JsonToken.OBJECT_END || scanner.depth() >= inside) {
      if (token == JsonToken.NAME) {
        Meaning meaning = MEANINGS.find(scanner);
        if (meaning == Meaning.FRAMING) {
          scanner.skipValue();
        } else if (meaning == Meaning.NO_TEXT) {
          other |= something(scanner);
        } else if (meaning == Meaning.REASONING && scanner.depth() == inside) {
          long before = tally.bytes();
          if (reasoned) {
            scanner.skipValue();
          } else {
            other |= addValue(scanner, bytes, tally);
            reasoned = tally.bytes() > before;
          }
        }
      } else if (token == JsonToken.STRING) {
        other |= Base64Text.addWithout(scanner, bytes, tally);
      }
      token = scanner.next();
    }
    return other;
  }

  /** Reads the value that follows a name: its strings at any depth. */
  private static boolean addValue(JsonScanner scanner, byte[] bytes, TextTally tally) {
    JsonToken first = scanner.next();
    if (first == JsonToken.STRING) {
      return Base64Text.addWithout(scanner, bytes, tally);
    }
    if (first != JsonToken.OBJECT_START && first != JsonToken.ARRAY_START) {
      return false;
    }
    int outside = scanner.depth() - 1;
    boolean other = false;
    while (scanner.depth() > outside) {
      JsonToken token = scanner.next();
      if (token == JsonToken.NAME) {
        Meaning meaning = MEANINGS.find(scanner);
        if (meaning == Meaning.FRAMING) {
          scanner.skipValue();
        } else if (meaning == Meaning.NO_TEXT) {
          other |= something(scanner);
        }
      } else if (token == JsonToken.STRING) {
        other |= Base64Text.addWithout(scanner, bytes, tally);
      }
    }
    return other;
  }

  private static boolean something(JsonScanner scanner) {
    JsonToken first = scanner.next();
    boolean empty = first == JsonToken.STRING && scanner.start() == scanner.end();
    scanner.skipRest(first);
    return first != JsonToken.NULL && !empty;
  }
}

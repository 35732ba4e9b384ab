package io.tollgate.relay.protocols.openai.answer;

import io.tollgate.relay.protocols.TextTally;
import io.tollgate.relay.protocols.internal.json.JsonName;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import io.tollgate.relay.protocols.internal.tokens.Base64Text;

/**
 * Counts what a message or delta says: every string, wherever it stands, unless its name says that
 * it is framing. Sound and pictures are content but no text. Reasoning that stands in two places of
 * one delta, as OpenRouter and others write it, is counted once.
 */
final class MessageText {
  private static final JsonName[] FRAMING = {
    ChatNames.ROLE,
    ChatNames.ID,
    ChatNames.TYPE,
    JsonName.of("format"),
    JsonName.of("signature"),
    JsonName.of("encrypted_content"),
    JsonName.of("extra_content"),
    JsonName.of("mime_type")
  };
  private static final JsonName[] NO_TEXT = {
    ChatNames.DATA, JsonName.of("b64_json"), JsonName.of("image_url"), JsonName.of("video_url")
  };
  private static final JsonName[] REASONING = {
    JsonName.of("reasoning_content"),
    JsonName.of("reasoning"),
    JsonName.of("reasoning_details"),
    JsonName.of("reasoning_text"),
    JsonName.of("thinking_blocks")
  };

  private MessageText() {}

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
        if (isOne(scanner, FRAMING)) {
          scanner.skipValue();
        } else if (isOne(scanner, NO_TEXT)) {
          other |= something(scanner);
        } else if (scanner.depth() == inside && isOne(scanner, REASONING)) {
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
      if (token == JsonToken.NAME && isOne(scanner, FRAMING)) {
        scanner.skipValue();
      } else if (token == JsonToken.NAME && isOne(scanner, NO_TEXT)) {
        other |= something(scanner);
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

  private static boolean isOne(JsonScanner scanner, JsonName[] names) {
    for (JsonName name : names) {
      if (scanner.is(name)) {
        return true;
      }
    }
    return false;
  }
}

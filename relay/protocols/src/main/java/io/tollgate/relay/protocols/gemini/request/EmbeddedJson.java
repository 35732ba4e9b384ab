package io.tollgate.relay.protocols.gemini.request;

import io.tollgate.relay.protocols.internal.json.ByteSink;
import io.tollgate.relay.protocols.internal.json.JsonFault;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonToken;

/**
 * JSON in a JSON string, as most protocols write a call's arguments, and out of it, as Gemini does.
 */
public final class EmbeddedJson {
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  private EmbeddedJson() {}

  /** The inside of a JSON string that holds this JSON. */
  public static JsonString quoted(byte[] json, int from, int to) {
    ByteSink quoted = new ByteSink();
    boolean escaped = false;
    int plainFrom = from;
    for (int i = from; i < to; i++) {
      byte b = json[i];
      if (b != '"' && b != '\\' && (b >= 0x20 || b < 0)) {
        continue;
      }
      escaped = true;
      quoted.add(json, plainFrom, i);
      plainFrom = i + 1;
      byte[] written =
          b == '"' || b == '\\'
              ? new byte[] {'\\', b}
              : new byte[] {'\\', 'u', '0', '0', HEX[b >> 4], HEX[b & 15]};
      quoted.add(written, 0, written.length);
    }
    quoted.add(json, plainFrom, to);
    int length = quoted.length();
    return new JsonString(quoted.take(), 0, length, escaped);
  }

  /** Whether bytes are one JSON object, and nothing else. */
  public static boolean isObject(byte[] json) {
    try {
      JsonScanner scanner = new JsonScanner(json, 0, json.length);
      if (scanner.next() != JsonToken.OBJECT_START) {
        return false;
      }
      scanner.skipRest(JsonToken.OBJECT_START);
      return scanner.next() == JsonToken.END;
    } catch (JsonFault e) {
      return false;
    }
  }
}

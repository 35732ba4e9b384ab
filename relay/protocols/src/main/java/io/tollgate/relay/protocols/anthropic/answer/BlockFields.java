package io.tollgate.relay.protocols.anthropic.answer;

import io.tollgate.relay.protocols.internal.json.JsonNames;
import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The fields of a block, or of what is new of one. Used again for the next; not thread-safe. */
final class BlockFields {
  private enum Name {
    TYPE,
    ID,
    NAME,
    TEXT,
    THINKING,
    SIGNATURE,
    DATA,
    PARTIAL_JSON,
    INPUT
  }

  private static final JsonNames<Name> NAMES =
      new JsonNames.Builder<Name>()
          .add(Name.TYPE, "type")
          .add(Name.ID, "id")
          .add(Name.NAME, "name")
          .add(Name.TEXT, "text")
          .add(Name.THINKING, "thinking")
          .add(Name.SIGNATURE, "signature")
          .add(Name.DATA, "data")
          .add(Name.PARTIAL_JSON, "partial_json")
          .add(Name.INPUT, "input")
          .build();

  BlockKind kind = BlockKind.OTHER;
  @Nullable JsonString id;
  @Nullable JsonString name;
  @Nullable JsonString text;
  @Nullable JsonString thinking;
  @Nullable JsonString signature;
  @Nullable JsonString data;
  @Nullable JsonString partialJson;
  // as it is written; 0 to 0 where there is none
  int inputFrom;
  int inputTo;

  void clear() {
    kind = BlockKind.OTHER;
    id = null;
    name = null;
    text = null;
    thinking = null;
    signature = null;
    data = null;
    partialJson = null;
    inputFrom = 0;
    inputTo = 0;
  }

  /** Reads the members of the object whose start was just returned. */
  void read(JsonScanner scanner, byte[] bytes) {
    while (scanner.next() != JsonToken.OBJECT_END) {
      readMember(scanner, bytes);
    }
  }

  /** Reads the value of the member whose name was just returned. */
  void readMember(JsonScanner scanner, byte[] bytes) {
    Name found = NAMES.find(scanner);
    if (found == null) {
      scanner.skipValue();
      return;
    }
    JsonToken token = scanner.next();
    switch (found) {
      case TYPE -> {
        BlockKind known = token == JsonToken.STRING ? BlockKind.WIRE.find(scanner) : null;
        kind = known == null ? BlockKind.OTHER : known;
        scanner.skipRest(token);
      }
      case ID -> id = EventFields.text(token, scanner, bytes);
      case NAME -> name = EventFields.text(token, scanner, bytes);
      case TEXT -> text = EventFields.text(token, scanner, bytes);
      case THINKING -> thinking = EventFields.text(token, scanner, bytes);
      case SIGNATURE -> signature = EventFields.text(token, scanner, bytes);
      case DATA -> data = EventFields.text(token, scanner, bytes);
      case PARTIAL_JSON -> partialJson = EventFields.text(token, scanner, bytes);
      case INPUT -> {
        int from = scanner.start();
        scanner.skipRest(token);
        if (token == JsonToken.OBJECT_START) {
          inputFrom = from;
          inputTo = scanner.end();
        }
      }
    }
  }

  /** The arguments of a call as they are written, where there are any. */
  @Nullable JsonString input(byte[] bytes) {
    if (inputTo - inputFrom <= 2) {
      return null;
    }
    return JsonString.of(new String(bytes, inputFrom, inputTo - inputFrom, StandardCharsets.UTF_8));
  }
}

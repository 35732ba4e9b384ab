package io.tollgate.relay.protocols.internal.json;

import java.nio.charset.StandardCharsets;

/** Reads the values of one document as trees, up to a number of them. Not thread-safe. */
final class JsonTreeReader {
  private final JsonScanner scanner;
  private final byte[] bytes;
  private int values;
  private boolean namesOnce;

  JsonTreeReader(JsonScanner scanner, byte[] bytes) {
    this.scanner = scanner;
    this.bytes = bytes;
  }

  JsonTreeReader refusingNamesTwice() {
    namesOnce = true;
    return this;
  }

  JsonTree value(JsonToken first) {
    if (++values > JsonTree.MAX_VALUES) {
      throw new JsonFault(scanner.start(), "more than " + JsonTree.MAX_VALUES + " values");
    }
    return switch (first) {
      case OBJECT_START -> {
        JsonTree.Members members = new JsonTree.Members();
        for (JsonToken next = scanner.next(); next != JsonToken.OBJECT_END; next = scanner.next()) {
          String name = scanner.text();
          JsonTree before = members.byName().put(name, value(scanner.next()));
          if (namesOnce && before != null) {
            throw new JsonFault(scanner.start(), "a name that was there before");
          }
        }
        yield members;
      }
      case ARRAY_START -> {
        JsonTree.Items items = new JsonTree.Items();
        for (JsonToken next = scanner.next(); next != JsonToken.ARRAY_END; next = scanner.next()) {
          items.values().add(value(next));
        }
        yield items;
      }
      case STRING -> {
        JsonTree.Text text = new JsonTree.Text();
        text.append(bytes, scanner.start(), scanner.end());
        yield text;
      }
      case NULL -> JsonTree.Literal.NULL;
      case NUMBER, TRUE, FALSE, OBJECT_END, ARRAY_END, NAME, END ->
          new JsonTree.Literal(scanner.raw(StandardCharsets.US_ASCII));
    };
  }
}

package io.tollgate.relay.protocols.responses.request;

import static java.util.Objects.requireNonNull;

import io.tollgate.relay.protocols.internal.json.JsonScanner;
import io.tollgate.relay.protocols.internal.json.JsonString;
import io.tollgate.relay.protocols.internal.json.JsonToken;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value of a body, as a view: texts stay where they are. */
sealed interface BodyNode {
  /** What a sentence calls it. */
  String shown();

  /**
   * An object.
   *
   * @param from its first byte
   * @param to the byte after its last
   */
  record Members(Map<String, BodyNode> byName, int from, int to) implements BodyNode {
    public Members {
      requireNonNull(byName, "byName is null");
    }

    /** The member of that name; null counts as not given. */
    Optional<BodyNode> find(String name) {
      return Optional.ofNullable(byName.get(name)).filter(node -> !(node instanceof Nothing));
    }

    @Override
    public String shown() {
      return "an object";
    }
  }

  /** An array. */
  record Items(List<BodyNode> values) implements BodyNode {
    public Items {
      requireNonNull(values, "values is null");
    }

    @Override
    public String shown() {
      return "an array";
    }
  }

  /** A string. */
  record Text(JsonString value) implements BodyNode {
    private static final int MAX_SHOWN = 64;

    public Text {
      requireNonNull(value, "value is null");
    }

    /** Short and plain ones are shown; others may be prompts. */
    @Override
    public String shown() {
      return value.length() <= MAX_SHOWN ? '"' + value.text() + '"' : "a string";
    }
  }

  /** A number, as it is written. */
  record Number(String written) implements BodyNode {
    private static final int MAX_SHOWN = 32;

    public Number {
      requireNonNull(written, "written is null");
    }

    @Override
    public String shown() {
      return written.length() <= MAX_SHOWN ? written : "a number";
    }
  }

  /** True or false. */
  record Flag(boolean value) implements BodyNode {
    @Override
    public String shown() {
      return String.valueOf(value);
    }
  }

  /** Null. */
  record Nothing() implements BodyNode {
    @Override
    public String shown() {
      return "null";
    }
  }

  /** Reads a body that was read before, and is an object. */
  static Members read(byte[] body) {
    JsonScanner scanner = new JsonScanner(body, 0, body.length);
    scanner.next();
    return members(scanner, body);
  }

  private static BodyNode value(JsonScanner scanner, byte[] body, JsonToken first) {
    return switch (first) {
      case OBJECT_START -> members(scanner, body);
      case ARRAY_START -> {
        List<BodyNode> values = new ArrayList<>();
        for (JsonToken next = scanner.next(); next != JsonToken.ARRAY_END; next = scanner.next()) {
          values.add(value(scanner, body, next));
        }
        yield new Items(values);
      }
      case STRING -> new Text(JsonString.of(scanner, body));
      case NUMBER -> new Number(scanner.raw(StandardCharsets.US_ASCII));
      case TRUE -> new Flag(true);
      case FALSE -> new Flag(false);
      case NULL, OBJECT_END, ARRAY_END, NAME, END -> new Nothing();
    };
  }

  private static Members members(JsonScanner scanner, byte[] body) {
    int from = scanner.start();
    Map<String, BodyNode> byName = new HashMap<>();
    while (scanner.next() != JsonToken.OBJECT_END) {
      byName.put(scanner.text(), value(scanner, body, scanner.next()));
    }
    return new Members(byName, from, scanner.end());
  }
}

package io.tollgate.relay.protocols.internal.json;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value taken apart, to be joined with others and written anew. Strings stay as they are
 * written, escapes and all, so that a character that was cut in two is whole again when its halves
 * are joined. For answers whose form must change; nothing that passes as it is goes through here.
 */
public sealed interface JsonTree {
  /** Most values of one document; one with more is refused. */
  int MAX_VALUES = 200_000;

  /** An object; members keep their order. */
  record Members(Map<String, JsonTree> byName) implements JsonTree {
    public Members() {
      this(new LinkedHashMap<>());
    }

    /** The member of that name, where it is an object. */
    public @Nullable Members members(String name) {
      return byName.get(name) instanceof Members found ? found : null;
    }

    /** The member of that name, where it is an array. */
    public @Nullable Items items(String name) {
      return byName.get(name) instanceof Items found ? found : null;
    }

    /** The member of that name, where it is a string that is not empty. */
    public @Nullable Text text(String name) {
      return byName.get(name) instanceof Text found && !found.isEmpty() ? found : null;
    }

    /** The member of that name, where it is a whole number from 0 to {@code max}; else 0. */
    public int index(String name, int max) {
      if (!(byName.get(name) instanceof Literal literal) || literal.written.length() > 9) {
        return 0;
      }
      boolean digits = literal.written.chars().allMatch(c -> c >= '0' && c <= '9');
      return digits && !literal.written.isEmpty()
          ? Math.min(max, Integer.parseInt(literal.written))
          : 0;
    }
  }

  /** An array. */
  record Items(List<JsonTree> values) implements JsonTree {
    public Items() {
      this(new ArrayList<>());
    }
  }

  /** A string; grows at its end. */
  final class Text implements JsonTree {
    private final ByteSink written = new ByteSink();

    /** The inside of a JSON string, as it is written. */
    public void append(byte[] bytes, int from, int to) {
      written.add(bytes, from, to);
    }

    public void append(Text more) {
      append(more.written.array(), 0, more.written.length());
    }

    public boolean isEmpty() {
      return written.length() == 0;
    }

    /** A view of what is written so far, to be moved into another document. */
    public JsonString string() {
      byte[] bytes = written.array();
      int length = written.length();
      boolean escaped = false;
      for (int i = 0; i < length && !escaped; i++) {
        escaped = bytes[i] == '\\';
      }
      return new JsonString(bytes, 0, length, escaped);
    }

    /** Whether both are written the same. */
    public boolean same(Text other) {
      return Arrays.equals(
          written.array(), 0, written.length(), other.written.array(), 0, other.written.length());
    }
  }

  /** A number, true, false or null, as it is written. */
  record Literal(String written) implements JsonTree {
    public static final Literal NULL = new Literal("null");

    public Literal {
      requireNonNull(written, "written is null");
    }

    public boolean isNull() {
      return written.equals("null");
    }
  }

  /** A string made here. */
  static Text text(String words) {
    byte[] quoted = JsonText.quote(words).getBytes(StandardCharsets.UTF_8);
    Text text = new Text();
    text.append(quoted, 1, quoted.length - 1);
    return text;
  }

  /**
   * Reads the one value of a document.
   *
   * @throws JsonFault where the bytes stop being JSON, or hold more than {@link #MAX_VALUES}
   */
  static JsonTree read(byte[] bytes, int from, int to) {
    JsonScanner scanner = new JsonScanner(bytes, from, to);
    JsonTree value = new JsonTreeReader(scanner, bytes).value(scanner.next());
    scanner.next();
    return value;
  }

  /**
   * The same for a document in which no object has a name twice.
   *
   * @throws JsonFault where one has, too
   */
  static JsonTree readUnambiguous(byte[] bytes) {
    JsonScanner scanner = new JsonScanner(bytes, 0, bytes.length);
    JsonTree value = new JsonTreeReader(scanner, bytes).refusingNamesTwice().value(scanner.next());
    scanner.next();
    return value;
  }

  /** Writes the value at the end of the sink. */
  static void write(JsonTree value, ByteSink out) {
    switch (value) {
      case Members members -> {
        put("{", out);
        String before = "";
        for (Map.Entry<String, JsonTree> member : members.byName.entrySet()) {
          put(before + JsonText.quote(member.getKey()) + ":", out);
          write(member.getValue(), out);
          before = ",";
        }
        put("}", out);
      }
      case Items items -> {
        put("[", out);
        String before = "";
        for (JsonTree item : items.values) {
          put(before, out);
          write(item, out);
          before = ",";
        }
        put("]", out);
      }
      case Text text -> {
        put("\"", out);
        out.add(text.written.array(), 0, text.written.length());
        put("\"", out);
      }
      case Literal literal -> put(literal.written, out);
    }
  }

  private static void put(String ascii, ByteSink out) {
    byte[] bytes = ascii.getBytes(StandardCharsets.UTF_8);
    out.add(bytes, 0, bytes.length);
  }
}

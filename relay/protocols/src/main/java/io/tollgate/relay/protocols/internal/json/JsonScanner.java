package io.tollgate.relay.protocols.internal.json;

import static java.util.Objects.requireNonNull;

import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * A pull scanner over JSON bytes that knows where each token lies, so that a document can be edited
 * without writing it anew. Strict RFC 8259 and strict UTF-8; one value, nothing after it. Three to
 * five times cheaper than a general parser because values are not decoded unless asked for. Not
 * thread-safe.
 */
public final class JsonScanner {
  /** Deeper nesting than this is refused. */
  public static final int MAX_DEPTH = 1000;

  private enum Expect {
    VALUE,
    VALUE_OR_ARRAY_END,
    NAME,
    NAME_OR_OBJECT_END,
    COMMA_OR_END,
    NOTHING
  }

  private final byte[] bytes;
  private final int to;
  private final StringScan strings;
  // one bit a level: set where the level is an object
  private long[] objects = new long[1];
  private int position;
  private int depth;
  private Expect expect = Expect.VALUE;
  private int start;
  private int end;
  private boolean escaped;

  public JsonScanner(byte[] bytes, int from, int to) {
    this.bytes = requireNonNull(bytes, "bytes is null");
    this.position = from;
    this.to = to;
    this.strings = new StringScan(bytes, to);
  }

  /**
   * The next token.
   *
   * @throws JsonFault where the bytes stop being JSON
   */
  public JsonToken next() {
    byte b = skipSpace();
    return switch (expect) {
      case VALUE -> value(b);
      case VALUE_OR_ARRAY_END -> {
        if (b == ']' && position < to) {
          yield close(JsonToken.ARRAY_END);
        }
        yield value(b);
      }
      case NAME -> name(b);
      case NAME_OR_OBJECT_END -> {
        if (b == '}') {
          yield close(JsonToken.OBJECT_END);
        }
        yield name(b);
      }
      case COMMA_OR_END -> commaOrEnd(b);
      case NOTHING -> {
        if (position < to) {
          throw fault("something follows the JSON value");
        }
        yield JsonToken.END;
      }
    };
  }

  /** Offset of the token's first byte; of a string or name: the first byte after the quote. */
  public int start() {
    return start;
  }

  /** Offset after the token's last byte; of a string or name: the closing quote's offset. */
  public int end() {
    return end;
  }

  /** Whether the string or name holds an escape and thus differs from its bytes. */
  public boolean escaped() {
    return escaped;
  }

  /** Objects and arrays open around the next token. */
  public int depth() {
    return depth;
  }

  /** Passes over the rest of the value whose first token was just returned. */
  public void skipRest(JsonToken first) {
    if (first != JsonToken.OBJECT_START && first != JsonToken.ARRAY_START) {
      return;
    }
    int outside = depth - 1;
    while (depth > outside) {
      next();
    }
  }

  /** Passes over the value that follows a name. */
  public void skipValue() {
    skipRest(next());
  }

  /** The string or name, decoded; a surrogate without its other half becomes {@code ?}. */
  public String text() {
    return JsonText.decode(bytes, start, end, escaped);
  }

  /** The token's bytes as they are. */
  public String raw(Charset charset) {
    return new String(bytes, start, end - start, charset);
  }

  /** Whether the string or name is this one. */
  public boolean is(JsonName wanted) {
    return wanted.matches(bytes, start, end, escaped);
  }

  /** Whether the bytes of the string or name, which holds no escape, are these. */
  boolean spells(byte[] ascii) {
    return Arrays.equals(bytes, start, end, ascii, 0, ascii.length);
  }

  private JsonToken commaOrEnd(byte b) {
    if (position >= to) {
      throw fault("the JSON value is not complete");
    }
    boolean object = inObject();
    if (b == ',') {
      position++;
      byte after = skipSpace();
      return object ? name(after) : value(after);
    }
    if (b == (object ? '}' : ']')) {
      return close(object ? JsonToken.OBJECT_END : JsonToken.ARRAY_END);
    }
    throw fault(object ? "an object goes on without , or }" : "an array goes on without , or ]");
  }

  private JsonToken value(byte b) {
    start = position;
    if (position >= to) {
      throw fault("the JSON value is not complete");
    }
    return switch (b) {
      case '{' -> open(JsonToken.OBJECT_START);
      case '[' -> open(JsonToken.ARRAY_START);
      case '"' -> {
        string();
        yield after(JsonToken.STRING);
      }
      case 't' -> literal("true", JsonToken.TRUE);
      case 'f' -> literal("false", JsonToken.FALSE);
      case 'n' -> literal("null", JsonToken.NULL);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
        number();
        yield after(JsonToken.NUMBER);
      }
      default -> throw fault("no JSON value begins like this");
    };
  }

  private JsonToken name(byte b) {
    if (position >= to) {
      throw fault("the JSON value is not complete");
    }
    if (b != '"') {
      throw fault("an object's member does not begin with a quoted name");
    }
    string();
    if (skipSpace() != ':' || position >= to) {
      throw fault("no : after the name of an object's member");
    }
    position++;
    expect = Expect.VALUE;
    return JsonToken.NAME;
  }

  private void string() {
    start = position + 1;
    end = strings.endOfString(start);
    escaped = strings.escaped();
    position = end + 1;
  }

  private JsonToken open(JsonToken token) {
    if (depth == MAX_DEPTH) {
      throw fault("nested deeper than " + MAX_DEPTH + " levels");
    }
    int word = depth >>> 6;
    if (word == objects.length) {
      objects = Arrays.copyOf(objects, word + 4);
    }
    long bit = 1L << depth;
    boolean object = token == JsonToken.OBJECT_START;
    objects[word] = object ? objects[word] | bit : objects[word] & ~bit;
    depth++;
    position++;
    end = position;
    expect = object ? Expect.NAME_OR_OBJECT_END : Expect.VALUE_OR_ARRAY_END;
    return token;
  }

  private JsonToken close(JsonToken token) {
    start = position;
    position++;
    end = position;
    depth--;
    return after(token);
  }

  private JsonToken after(JsonToken token) {
    expect = depth == 0 ? Expect.NOTHING : Expect.COMMA_OR_END;
    return token;
  }

  private boolean inObject() {
    int level = depth - 1;
    return (objects[level >>> 6] & (1L << level)) != 0;
  }

  private JsonToken literal(String word, JsonToken token) {
    for (int i = 0; i < word.length(); i++) {
      if (position + i >= to || bytes[position + i] != word.charAt(i)) {
        throw fault("no JSON value begins like this");
      }
    }
    position += word.length();
    end = position;
    return after(token);
  }

  private void number() {
    int at = position;
    if (bytes[at] == '-') {
      at++;
    }
    int whole = digits(at);
    if (whole == at || (bytes[at] == '0' && whole > at + 1)) {
      throw fault("not a JSON number");
    }
    at = whole;
    if (at < to && bytes[at] == '.') {
      int fraction = digits(at + 1);
      if (fraction == at + 1) {
        throw fault("not a JSON number");
      }
      at = fraction;
    }
    if (at < to && (bytes[at] | 0x20) == 'e') {
      at++;
      if (at < to && (bytes[at] == '+' || bytes[at] == '-')) {
        at++;
      }
      int exponent = digits(at);
      if (exponent == at) {
        throw fault("not a JSON number");
      }
      at = exponent;
    }
    position = at;
    end = at;
  }

  private int digits(int from) {
    int at = from;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at;
  }

  private byte skipSpace() {
    while (position < to) {
      byte b = bytes[position];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b;
      }
      position++;
    }
    return 0;
  }

  private JsonFault fault(String what) {
    return new JsonFault(position, what);
  }
}

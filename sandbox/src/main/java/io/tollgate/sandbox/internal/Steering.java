package io.tollgate.sandbox.internal;

import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * How one answer was asked to be, by the header {@code X-Sandbox: key=value; key}. What is not
 * named is natural. Every value is a whole number within its key's range.
 */
final class Steering {
  /** The header's name. */
  static final String HEADER = "X-Sandbox";

  static final Steering NATURAL = new Steering(new EnumMap<>(Key.class));

  /** Everything that can be steered. */
  enum Key {
    /** Milliseconds before the first byte. */
    LATENCY_MS(0, 600_000),
    /** Tokens of each choice, reasoning included, before the request's own limit. */
    OUTPUT_TOKENS(0, 131_072),
    /** Tokens of the prompt, instead of counting them. */
    INPUT_TOKENS(0, 10_000_000),
    /** How many of the prompt's tokens came from a cache. */
    CACHED_TOKENS(0, 10_000_000),
    /** How many of each choice's tokens were spent on reasoning; they show no text. */
    REASONING_TOKENS(0, 131_072),
    /** Milliseconds between two chunks of a stream. */
    CHUNK_MS(0, 60_000),
    /** Answer with this error. */
    STATUS(400, 599),
    /** Seconds in the Retry-After header of an error. */
    RETRY_AFTER(0, 86_400),
    /** Leave usage out of the answer; a bare word. */
    NO_USAGE(0, 1),
    /** Cut the connection after so many content chunks; not streamed: in the middle of the body. */
    ABORT_AFTER(0, 131_072);

    private final String text = name().toLowerCase(java.util.Locale.ROOT);
    private final int least;
    private final int most;

    Key(int least, int most) {
      this.least = least;
      this.most = most;
    }
  }

  private static final String KNOWN = known();

  private final Map<Key, Integer> values;

  private Steering(Map<Key, Integer> values) {
    this.values = values;
  }

  /**
   * Reads the header.
   *
   * @throws OpenAiProblem 400 that names the keys there are, or the range that was missed
   */
  static Steering parse(String header) {
    Map<Key, Integer> values = new EnumMap<>(Key.class);
    for (String part : header.split(";", -1)) {
      String entry = part.strip();
      if (entry.isEmpty()) {
        continue;
      }
      int equals = entry.indexOf('=');
      String name = (equals < 0 ? entry : entry.substring(0, equals)).strip();
      Key key = key(name);
      if (values.put(key, value(key, equals < 0 ? "" : entry.substring(equals + 1).strip()))
          != null) {
        throw wrong(name + ": given twice (expected: once)");
      }
    }
    return new Steering(values);
  }

  OptionalInt get(Key key) {
    Integer value = values.get(key);
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  int get(Key key, int otherwise) {
    Integer value = values.get(key);
    return value == null ? otherwise : value;
  }

  boolean has(Key key) {
    return get(key, 0) > 0;
  }

  private static Key key(String name) {
    for (Key key : Key.values()) {
      if (key.text.equals(name)) {
        return key;
      }
    }
    throw wrong(name + ": unknown key (expected: " + KNOWN + ")");
  }

  private static int value(Key key, String text) {
    if (key == Key.NO_USAGE && text.isEmpty()) {
      return 1;
    }
    try {
      int value = Integer.parseInt(text);
      if (value >= key.least && value <= key.most) {
        return value;
      }
    } catch (NumberFormatException e) {
      // told below, as for a number out of range
    }
    throw wrong(key.text + ": '" + text + "' (expected: " + key.least + ".." + key.most + ")");
  }

  private static OpenAiProblem wrong(String message) {
    return OpenAiProblem.invalid(HEADER, "sandbox_steering", HEADER + " " + message);
  }

  private static String known() {
    StringBuilder known = new StringBuilder();
    for (Key key : Key.values()) {
      known.append(known.isEmpty() ? "" : ", ").append(key.text);
    }
    return known.toString();
  }
}

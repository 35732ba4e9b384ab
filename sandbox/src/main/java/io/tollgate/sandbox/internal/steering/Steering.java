package io.tollgate.sandbox.internal.steering;

import io.tollgate.sandbox.internal.json.Problem;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How one answer was asked to be, by the header {@code X-Sandbox: key=value; key}. What is not
 * named is natural. Every value is a whole number within its key's range, but that of {@code
 * finish}, which is a word.
 */
public final class Steering {
  /** The header's name. */
  public static final String HEADER = "X-Sandbox";

  public static final Steering NATURAL = new Steering(new EnumMap<>(Key.class));

  /** Everything that can be steered. */
  public enum Key {
    /** Milliseconds before the first byte. */
    LATENCY_MS(0, 600_000),
    /** Tokens of each choice, reasoning included, before the request's own limit. */
    OUTPUT_TOKENS(0, 131_072),
    /** Tokens of the prompt, instead of counting them. */
    INPUT_TOKENS(0, 10_000_000),
    /** How many of the prompt's tokens came from a cache. */
    CACHED_TOKENS(0, 10_000_000),
    /** How many of them were written to a cache, where the protocol tells of it. */
    CACHE_WRITE_TOKENS(0, 10_000_000),
    /**
     * How many of each choice's tokens were spent on reasoning; they show text only where the
     * protocol shows any.
     */
    REASONING_TOKENS(0, 131_072),
    /** Milliseconds between two chunks of a stream. */
    CHUNK_MS(0, 60_000),
    /** Milliseconds that a response in the background takes, from when it was asked for. */
    JOB_MS(1, 600_000),
    /** Answer with this error. */
    STATUS(400, 599),
    /** Seconds in the Retry-After header of an error. */
    RETRY_AFTER(0, 86_400),
    /** Leave usage out of the answer; a bare word. */
    NO_USAGE(0, 1),
    /**
     * Cut the connection after so many content chunks; not streamed: in the middle of the body. A
     * batch expires after so many lines.
     */
    ABORT_AFTER(0, 131_072),
    /** How many calls of the tools offered, in turn, instead of an answer in words. */
    TOOL_CALLS(1, 128),
    /** How often the web was searched for the answer, by the provider itself. */
    WEB_SEARCHES(0, 1_000_000),
    /** How many pages it read. */
    WEB_FETCHES(0, 1_000_000),
    /** How often it searched files. */
    FILE_SEARCHES(0, 1_000_000),
    /** In how many containers it ran code. */
    CODE_SESSIONS(0, 1_000_000),
    /** How often it looked at a map. */
    MAP_SEARCHES(0, 1_000_000),
    /** Why the answer ends; one of the words of {@link Finish}. */
    FINISH(0, Finish.values().length - 1);

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
   * @throws Problem 400 that names the keys there are, or the range that was missed
   */
  public static Steering parse(String header) {
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

  /** The value of a key. */
  public OptionalInt get(Key key) {
    Integer value = values.get(key);
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }

  /** The value of a key, or another. */
  public int get(Key key, int otherwise) {
    Integer value = values.get(key);
    return value == null ? otherwise : value;
  }

  /** Why the answer ends, if that is steered. */
  public Optional<Finish> finish() {
    Integer ordinal = values.get(Key.FINISH);
    return ordinal == null ? Optional.empty() : Optional.of(Finish.values()[ordinal]);
  }

  /** Whether a key is there with more than 0. */
  public boolean has(Key key) {
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
    if (key == Key.FINISH) {
      return Finish.of(text)
          .orElseThrow(
              () -> wrong("finish: '" + text + "' (expected: one of " + Finish.known() + ")"))
          .ordinal();
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

  /** What is steered does not fit itself or the request. */
  public static Problem misfit(Key key, long given, String expected) {
    return wrong(key.text + ": " + given + " (expected: " + expected + ")");
  }

  private static Problem wrong(String message) {
    return Problem.invalid(HEADER, "sandbox_steering", HEADER + " " + message);
  }

  private static String known() {
    StringBuilder known = new StringBuilder();
    for (Key key : Key.values()) {
      known.append(known.isEmpty() ? "" : ", ").append(key.text);
    }
    return known.toString();
  }
}

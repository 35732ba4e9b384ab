package io.tollgate.trading.node.internal.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

/**
 * Goes through JSON, byte by byte, for the texts of certain fields: takes copies, and overwrites
 * them where they lie. It finds all of them in whatever is JSON; what is none, the parser behind it
 * says. Secrets are printable ASCII; others are overwritten too, and count as not given.
 */
final class SecretScan {
  private static final byte BLANK = 'x';

  /** Deeper than any parser of ours goes. */
  private static final int MAX_DEPTH = 200;

  private final byte[] body;
  private final Set<String> names;
  private final Secrets secrets;
  private final Deque<Level> levels = new ArrayDeque<>();
  private int at;

  /** An object or array that is open, and where in it we are. */
  private static final class Level {
    private final boolean array;
    private final String path;
    private int index;
    private String name = "";
    private boolean expectsName;

    Level(boolean array, String path) {
      this.array = array;
      this.path = path;
      this.expectsName = !array;
    }

    /** Path of the value that comes next. */
    String next() {
      return array ? path + "[" + index + "]" : path.isEmpty() ? name : path + "." + name;
    }
  }

  SecretScan(byte[] body, Set<String> names, Secrets secrets) {
    this.body = body;
    this.names = names;
    this.secrets = secrets;
  }

  void run() {
    while (at < body.length && levels.size() <= MAX_DEPTH) {
      switch (body[at]) {
        case '{', '[' -> {
          Level outer = levels.peek();
          levels.push(new Level(body[at] == '[', outer == null ? "" : outer.next()));
          at++;
        }
        case '}', ']' -> {
          levels.poll();
          at++;
        }
        case ',' -> {
          Level level = levels.peek();
          if (level != null) {
            level.index++;
            level.expectsName = !level.array;
          }
          at++;
        }
        case '"' -> text();
        default -> at++;
      }
    }
  }

  private void text() {
    int from = at + 1;
    int to = from;
    while (to < body.length && body[to] != '"') {
      to += body[to] == '\\' ? 2 : 1;
    }
    int end = Math.min(to, body.length);
    at = end + 1;
    Level level = levels.peek();
    if (level == null) {
      return;
    }
    if (level.expectsName) {
      level.expectsName = false;
      level.name = name(from, end);
    } else if (!level.array && names.contains(level.name)) {
      PlainAscii.of(body, from, end).ifPresent(text -> secrets.put(level.next(), text));
      Arrays.fill(body, from, end, BLANK);
    }
  }

  /** A name may be written with escapes, and still mean a secret. */
  private String name(int from, int to) {
    Optional<char[]> plain = PlainAscii.of(body, from, to);
    return plain.isPresent()
        ? new String(plain.get())
        : new String(body, from, to - from, StandardCharsets.ISO_8859_1);
  }
}

package io.tollgate.relay.protocols.internal.tokens;

import io.tollgate.relay.protocols.TextTally;
import io.tollgate.relay.protocols.internal.json.JsonScanner;

/**
 * Leaves base64 in data URLs out when text is counted: it is a picture or sound, and no token is
 * read from it.
 */
public final class Base64Text {
  private static final byte[] MARK = {';', 'b', 'a', 's', 'e', '6', '4', ','};

  /** Shorter strings hold no picture worth the search. */
  public static final int MIN_BYTES = 256;

  private Base64Text() {}

  /**
   * Adds the string that the scanner is at, without the data of data URLs in it.
   *
   * @return whether there was such data
   */
  public static boolean addWithout(JsonScanner scanner, byte[] bytes, TextTally tally) {
    int from = scanner.start();
    int to = scanner.end();
    if (to - from < MIN_BYTES) {
      tally.add(bytes, from, to, scanner.escaped());
      return false;
    }
    boolean found = false;
    int textFrom = from;
    for (int mark = next(bytes, from, to); mark >= 0; mark = next(bytes, textFrom, to)) {
      found = true;
      tally.add(bytes, textFrom, mark, scanner.escaped());
      textFrom = endOfData(bytes, mark, to);
    }
    tally.add(bytes, textFrom, to, scanner.escaped());
    return found;
  }

  /** Whether the bytes are a data URL of base64, such as {@code data:image/png;base64,…}. */
  public static boolean isDataUrl(byte[] bytes, int from, int to) {
    return to - from > 5
        && bytes[from] == 'd'
        && bytes[from + 1] == 'a'
        && bytes[from + 2] == 't'
        && bytes[from + 3] == 'a'
        && bytes[from + 4] == ':'
        && next(bytes, from, Math.min(to, from + MIN_BYTES)) >= 0;
  }

  /** Whether all of it is base64, and long enough to be no word. */
  public static boolean isBase64(byte[] bytes, int from, int to) {
    return to - from >= MIN_BYTES && endOfData(bytes, from, to) == to;
  }

  /** Offset after the next mark; -1 where there is none. */
  private static int next(byte[] bytes, int from, int to) {
    for (int i = from; i + MARK.length <= to; i++) {
      if (bytes[i] == ';' && matches(bytes, i)) {
        return i + MARK.length;
      }
    }
    return -1;
  }

  private static boolean matches(byte[] bytes, int at) {
    for (int i = 0; i < MARK.length; i++) {
      if (bytes[at + i] != MARK[i]) {
        return false;
      }
    }
    return true;
  }

  private static int endOfData(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isData(bytes, at, to)) {
      // a slash may be written as \/
      at += bytes[at] == '\\' ? 2 : 1;
    }
    return at;
  }

  private static boolean isData(byte[] bytes, int at, int to) {
    byte b = bytes[at];
    return (b >= 'a' && b <= 'z')
        || (b >= 'A' && b <= 'Z')
        || (b >= '0' && b <= '9')
        || b == '+'
        || b == '/'
        || b == '='
        || b == '-'
        || b == '_'
        || (b == '\\' && at + 1 < to && bytes[at + 1] == '/');
  }
}

package io.tollgate.trading.node.internal.secret;

import java.util.Arrays;
import java.util.Optional;

/** JSON's texts in printable ASCII, with their escapes undone; leaves no copies behind. */
final class PlainAscii {
  private static final int HEX_DIGITS = 4;

  private PlainAscii() {}

  /**
   * The text between two quotes; nothing when it is empty, or has other characters, or an escape
   * that is none.
   */
  static Optional<char[]> of(byte[] json, int from, int to) {
    char[] text = new char[to - from];
    int length = 0;
    int at = from;
    while (at < to) {
      int c = json[at++] & 0xff;
      if (c == '\\') {
        if (at >= to) {
          return none(text);
        }
        int escape = json[at++];
        if (escape == 'u') {
          c = hex(json, at, to);
          at += HEX_DIGITS;
        } else if (escape == '"' || escape == '\\' || escape == '/') {
          c = escape;
        } else {
          return none(text);
        }
      }
      if (c < ' ' || c > '~') {
        return none(text);
      }
      text[length++] = (char) c;
    }
    if (length == 0) {
      return none(text);
    }
    char[] exact = Arrays.copyOf(text, length);
    Arrays.fill(text, '\0');
    return Optional.of(exact);
  }

  private static int hex(byte[] json, int from, int to) {
    if (to - from < HEX_DIGITS) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + HEX_DIGITS; i++) {
      int digit = Character.digit(json[i], 16);
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static Optional<char[]> none(char[] text) {
    Arrays.fill(text, '\0');
    return Optional.empty();
  }
}

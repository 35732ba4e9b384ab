package io.tollgate.relay.protocols.internal.openai;

import io.tollgate.relay.protocols.internal.json.JsonText;

/** Checks that text is base64, without decoding it. */
public final class Base64Check {
  private static final boolean[] DATA = new boolean[256];

  static {
    for (char c = 'A'; c <= 'Z'; c++) {
      DATA[c] = true;
      DATA[Character.toLowerCase(c)] = true;
    }
    for (char c = '0'; c <= '9'; c++) {
      DATA[c] = true;
    }
    DATA['+'] = true;
    DATA['/'] = true;
    // the alphabet of addresses, which most providers take too
    DATA['-'] = true;
    DATA['_'] = true;
  }

  private Base64Check() {}

  /** Whether the inside of a checked JSON string is base64 of at least one byte, padded or not. */
  public static boolean holds(byte[] bytes, int from, int to) {
    int at = from;
    int characters = 0;
    int padding = 0;
    while (at < to) {
      int c = bytes[at] & 0xFF;
      int length = 1;
      if (c == '\\' && bytes[at + 1] == 'u') {
        // some writers escape the plus sign
        c = JsonText.unit(bytes, at + 2);
        length = 6;
      } else if (c == '\\') {
        c = bytes[at + 1];
        length = 2;
      }
      if (c == '=') {
        padding++;
      } else if (padding > 0 || c > 255 || !DATA[c]) {
        return false;
      } else {
        characters++;
      }
      at += length;
    }
    return padding <= 2
        && characters >= 2
        && characters % 4 != 1
        && (padding == 0 || (characters + padding) % 4 == 0);
  }

  /**
   * Where the base64 of a data URL begins, such as {@code data:image/png;base64,…}; -1 where the
   * text is not one.
   */
  public static int dataOf(byte[] bytes, int from, int to) {
    if (to - from < 5
        || bytes[from] != 'd'
        || bytes[from + 1] != 'a'
        || bytes[from + 2] != 't'
        || bytes[from + 3] != 'a'
        || bytes[from + 4] != ':') {
      return -1;
    }
    // media types and their parameters are short
    int last = Math.min(to, from + 256);
    for (int i = from + 5; i < last; i++) {
      if (bytes[i] == ',') {
        return isBase64(bytes, i) ? i + 1 : -1;
      }
    }
    return -1;
  }

  private static boolean isBase64(byte[] bytes, int comma) {
    String mark = ";base64";
    for (int i = 0; i < mark.length(); i++) {
      if (bytes[comma - mark.length() + i] != mark.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}

package io.tollgate.relay.protocols.internal.json;

import java.nio.charset.StandardCharsets;

/** Decodes and writes the inside of JSON strings. */
public final class JsonText {
  private static final String HEX = "0123456789abcdef";

  private JsonText() {}

  /** Decodes a string that {@link JsonScanner} has checked. */
  public static String decode(byte[] bytes, int from, int to, boolean escaped) {
    if (!escaped) {
      return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
    byte[] plain = new byte[to - from];
    int length = unescape(bytes, from, to, plain, 0);
    return new String(plain, 0, length, StandardCharsets.UTF_8);
  }

  /**
   * Writes the string's UTF-8 without escapes; it is never longer than with them. A surrogate
   * without its other half becomes {@code ?}.
   *
   * @return offset in {@code target} after the last byte written
   */
  public static int unescape(byte[] bytes, int from, int to, byte[] target, int at) {
    int out = at;
    int i = from;
    while (i < to) {
      byte b = bytes[i++];
      if (b != '\\') {
        target[out++] = b;
        continue;
      }
      byte kind = bytes[i++];
      if (kind != 'u') {
        target[out++] = single(kind);
        continue;
      }
      int unit = unit(bytes, i);
      i += 4;
      if (Character.isHighSurrogate((char) unit)
          && i + 6 <= to
          && bytes[i] == '\\'
          && bytes[i + 1] == 'u'
          && Character.isLowSurrogate((char) unit(bytes, i + 2))) {
        int low = unit(bytes, i + 2);
        i += 6;
        out = write(Character.toCodePoint((char) unit, (char) low), target, out);
      } else {
        out = write(Character.isSurrogate((char) unit) ? '?' : unit, target, out);
      }
    }
    return out;
  }

  /** The text as a JSON string, quotes included. */
  public static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20) {
            out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  private static byte single(byte kind) {
    return switch (kind) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> kind;
    };
  }

  /** The UTF-16 unit that four hexadecimal digits stand for. */
  public static int unit(byte[] bytes, int at) {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      unit = unit << 4 | Character.digit(bytes[at + i], 16);
    }
    return unit;
  }

  private static int write(int codePoint, byte[] target, int at) {
    int out = at;
    if (codePoint < 0x80) {
      target[out++] = (byte) codePoint;
    } else if (codePoint < 0x800) {
      target[out++] = (byte) (0xC0 | codePoint >> 6);
      target[out++] = (byte) (0x80 | codePoint & 0x3F);
    } else if (codePoint < 0x10000) {
      target[out++] = (byte) (0xE0 | codePoint >> 12);
      target[out++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
      target[out++] = (byte) (0x80 | codePoint & 0x3F);
    } else {
      target[out++] = (byte) (0xF0 | codePoint >> 18);
      target[out++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
      target[out++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
      target[out++] = (byte) (0x80 | codePoint & 0x3F);
    }
    return out;
  }
}

package io.tollgate.telemetry.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** One JSON object being written as a line of UTF-8. Used again for the next; not thread-safe. */
final class JsonLine {
  private static final byte[] HEX = "0123456789abcdef".getBytes(ISO_8859_1);
  private static final int LONGEST_UNIT = 6;

  private byte[] bytes = new byte[1024];
  private int length;

  void begin() {
    length = 0;
    put('{');
  }

  /** Something that is JSON already, members of the object. */
  void raw(byte[] text) {
    room(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  /** A number or truth as such, everything else as its text. */
  void field(String name, @Nullable Object value) {
    room(name.length() * LONGEST_UNIT + 8);
    if (length > 1) {
      put(',');
    }
    string(name);
    put(':');
    switch (value) {
      case null -> ascii("null");
      case Integer number -> ascii(Integer.toString(number));
      case Long number -> ascii(Long.toString(number));
      case Boolean truth -> ascii(Boolean.toString(truth));
      default -> string(value.toString());
    }
  }

  /** The line, its end included. */
  byte[] end() {
    room(2);
    put('}');
    put('\n');
    byte[] line = Arrays.copyOf(bytes, length);
    if (bytes.length > 1 << 16) {
      // one huge stack trace is not kept for all lines to come
      bytes = new byte[1024];
    }
    return line;
  }

  private void ascii(String text) {
    room(text.length());
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
  }

  private void string(String text) {
    room(text.length() * LONGEST_UNIT + 2);
    put('"');
    for (int i = plain(text); i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        put('\\');
        put(c);
      } else if (c >= 0x20 && c < 0x7F) {
        put(c);
      } else if (c < 0x20 || c == 0x7F) {
        control(c);
      } else {
        i += beyondAscii(text, i);
      }
    }
    put('"');
  }

  /** Writes characters that stand for themselves; how many there were before the first other. */
  private int plain(String text) {
    // in local variables, as most texts are nothing else
    byte[] into = bytes;
    int at = length;
    int count = text.length();
    for (int i = 0; i < count; i++) {
      char c = text.charAt(i);
      if (c < 0x20 || c >= 0x7F || c == '"' || c == '\\') {
        length = at;
        return i;
      }
      into[at++] = (byte) c;
    }
    length = at;
    return count;
  }

  private void control(char c) {
    put('\\');
    switch (c) {
      case '\n' -> put('n');
      case '\r' -> put('r');
      case '\t' -> put('t');
      default -> {
        put('u');
        put('0');
        put('0');
        bytes[length++] = HEX[c >> 4];
        bytes[length++] = HEX[c & 15];
      }
    }
  }

  /** Writes one character; returns how many units beside the first it took. */
  private int beyondAscii(String text, int at) {
    int point = text.codePointAt(at);
    if (point < 0x800) {
      put(0xC0 | point >> 6);
    } else if (point < 0x10000) {
      if (Character.isSurrogate((char) point)) {
        // without its other half it is no character
        put('?');
        return 0;
      }
      put(0xE0 | point >> 12);
      put(0x80 | point >> 6 & 0x3F);
    } else {
      put(0xF0 | point >> 18);
      put(0x80 | point >> 12 & 0x3F);
      put(0x80 | point >> 6 & 0x3F);
    }
    put(0x80 | point & 0x3F);
    return Character.charCount(point) - 1;
  }

  private void put(int b) {
    bytes[length++] = (byte) b;
  }

  private void room(int more) {
    if (length + more + 8 > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more + 8, bytes.length * 2));
    }
  }
}

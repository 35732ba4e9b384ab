package io.tollgate.relay.protocols.internal.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds the end of a JSON string, eight bytes at a time where they are plain ASCII, and checks its
 * escapes and its UTF-8 on the way.
 */
final class StringScan {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;

  private final byte[] bytes;
  private final int to;
  private boolean escaped;

  StringScan(byte[] bytes, int to) {
    this.bytes = bytes;
    this.to = to;
  }

  /** Whether the last string held an escape. */
  boolean escaped() {
    return escaped;
  }

  /** Offset of the quote that closes the string whose first byte is at {@code from}. */
  int endOfString(int from) {
    escaped = false;
    int at = from;
    while (true) {
      while (at + 32 <= to && allPlain(at)) {
        at += 32;
      }
      while (at + 8 <= to && plain((long) LONGS.get(bytes, at))) {
        at += 8;
      }
      if (at >= to) {
        throw new JsonFault(to, "a string is not closed");
      }
      byte b = bytes[at];
      if (b == '"') {
        return at;
      }
      if (b == '\\') {
        escaped = true;
        at = afterEscape(at + 1);
      } else if (b < 0) {
        at = afterSequence(at);
      } else if (b < 0x20) {
        throw new JsonFault(at, "a control character in a string is not escaped");
      } else {
        at++;
      }
    }
  }

  /** Whether no byte is a quote, a backslash, a control character or beyond ASCII. */
  private static boolean plain(long word) {
    return (found(word) & HIGHS) == 0;
  }

  /** The same of 32 bytes, whose words need not wait for one another. */
  private boolean allPlain(int at) {
    long found =
        found((long) LONGS.get(bytes, at))
            | found((long) LONGS.get(bytes, at + 8))
            | found((long) LONGS.get(bytes, at + 16))
            | found((long) LONGS.get(bytes, at + 24));
    return (found & HIGHS) == 0;
  }

  private static long found(long word) {
    long quote = word ^ (ONES * '"');
    long backslash = word ^ (ONES * '\\');
    return word | (word - ONES * 0x20) | (quote - ONES) | (backslash - ONES);
  }

  private int afterEscape(int at) {
    if (at >= to) {
      throw new JsonFault(to, "a string is not closed");
    }
    return switch (bytes[at]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at + 1;
      case 'u' -> {
        for (int i = 1; i <= 4; i++) {
          if (at + i >= to || Character.digit(bytes[at + i], 16) < 0) {
            throw new JsonFault(at, "\\u without four hexadecimal digits");
          }
        }
        yield at + 5;
      }
      default -> throw new JsonFault(at, "an unknown escape in a string");
    };
  }

  /** Checks one sequence of the table of well-formed UTF-8 (Unicode 3.9, table 3-7). */
  private int afterSequence(int at) {
    int lead = bytes[at] & 0xFF;
    int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || at + length > to) {
      throw new JsonFault(at, "not UTF-8");
    }
    int second = bytes[at + 1] & 0xFF;
    int min = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    int max = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    if (second < min || second > max) {
      throw new JsonFault(at, "not UTF-8");
    }
    for (int i = 2; i < length; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        throw new JsonFault(at, "not UTF-8");
      }
    }
    return at + length;
  }
}

package io.tollgate.telemetry.internal;

import java.util.Optional;

/**
 * What a caller's {@code traceparent} says: a trace, the caller's span in it, and whether the
 * caller records it.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">Trace Context, 3.2</a>
 */
public record TraceParent(long traceHigh, long traceLow, long span, boolean sampled) {
  private static final int LENGTH = 55;
  private static final int INVALID = -1;

  /** Reads the header of any version; empty where it is none, as it is to be ignored then. */
  public static Optional<TraceParent> parse(String text) {
    int length = text.length();
    if (length < LENGTH
        || text.charAt(2) != '-'
        || text.charAt(35) != '-'
        || text.charAt(52) != '-') {
      return Optional.empty();
    }
    long version = hex(text, 0, 2);
    // later versions may say more behind another dash; 255 is none
    if (version == INVALID
        || version == 0xFF
        || (version == 0 && length != LENGTH)
        || (length > LENGTH && text.charAt(LENGTH) != '-')
        || !isHex(text, 3, 35)
        || !isHex(text, 36, 52)) {
      return Optional.empty();
    }
    long flags = hex(text, 53, 55);
    long high = hex(text, 3, 19);
    long low = hex(text, 19, 35);
    long span = hex(text, 36, 52);
    if (flags == INVALID || (high == 0 && low == 0) || span == 0) {
      return Optional.empty();
    }
    return Optional.of(new TraceParent(high, low, span, (flags & 1) == 1));
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (digit(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /** The number; of two digits {@link #INVALID} where they are none. */
  private static long hex(String text, int from, int to) {
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = digit(text.charAt(i));
      if (digit < 0) {
        return INVALID;
      }
      number = number << 4 | digit;
    }
    return number;
  }

  /** Upper case is not allowed. */
  private static int digit(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  }
}

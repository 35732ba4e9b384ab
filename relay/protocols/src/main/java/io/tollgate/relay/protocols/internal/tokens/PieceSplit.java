package io.tollgate.relay.protocols.internal.tokens;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds where the next piece of text ends the way the tokenizers' regular expressions split it,
 * without a regular expression. Exact for ASCII; every byte beyond ASCII counts as a letter without
 * case. Pieces end after {@value #MAX_BYTES} bytes at the latest.
 *
 * @see <a href="https://github.com/openai/tiktoken/blob/main/tiktoken_ext/openai_public.py">the
 *     expressions</a>
 */
enum PieceSplit {
  CL100K,
  O200K;

  /** Longest piece, bytes. */
  static final int MAX_BYTES = 64;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;

  private static final byte LOWER = 1;
  private static final byte UPPER = 2;
  private static final byte OTHER_LETTER = 3;
  private static final byte DIGIT = 4;
  private static final byte SPACE = 5;
  private static final byte NEWLINE = 6;
  private static final byte MARK = 7;
  private static final byte[] KINDS = kinds();

  /**
   * Offset after a piece that is a word of lower-case ASCII, with or without the space before it,
   * as most pieces of prose are: found eight letters at a time, by any of the expressions. -1 where
   * it is anything else, or too near to the end to tell.
   */
  static int endOfPlainWord(byte[] text, int from, int to) {
    int at = text[from] == ' ' ? from + 1 : from;
    int letters = 0;
    while (letters % Long.BYTES == 0) {
      if (at + letters + Long.BYTES > to || letters > MAX_BYTES / 2) {
        return -1;
      }
      int more = lowerCase((long) LONGS.get(text, at + letters));
      if (more == 0) {
        break;
      }
      letters += more;
    }
    byte after = text[at + letters];
    return letters == 0 || after == '\'' || letter(kind(after)) ? -1 : at + letters;
  }

  /** How many of eight bytes are lower-case ASCII before the first that is not. */
  private static int lowerCase(long eight) {
    long low = eight & ~HIGHS;
    long fromA = low + ONES * (0x80 - 'a');
    long beyondZ = low + ONES * (0x80 - 'z' - 1);
    long others = ~(fromA & ~beyondZ & ~eight) & HIGHS;
    return Long.numberOfTrailingZeros(others) / Byte.SIZE;
  }

  /** Offset after the piece that begins at {@code from}; greater than {@code from}. */
  int endOfPiece(byte[] text, int from, int to) {
    int end = endUnbounded(text, from, Math.min(to, from + MAX_BYTES), to);
    if (end < to && end == from + MAX_BYTES) {
      // do not cut a character in two
      while (end > from + 1 && (text[end] & 0xC0) == 0x80) {
        end--;
      }
    }
    return end;
  }

  private int endUnbounded(byte[] text, int from, int to, int textEnd) {
    byte kind = kind(text[from]);
    if (this == CL100K && text[from] == '\'') {
      int contraction = afterContraction(text, from, to);
      if (contraction > from) {
        return contraction;
      }
    }
    if (letter(kind)) {
      return afterWord(text, from, to);
    }
    if (kind == DIGIT) {
      return afterDigits(text, from, to);
    }
    int second = from + 1;
    if (kind != NEWLINE && second < to && letter(kind(text[second]))) {
      return afterWord(text, second, to);
    }
    if (kind == MARK) {
      return afterMarks(text, from, to);
    }
    if (text[from] == ' ' && second < to && kind(text[second]) == MARK) {
      return afterMarks(text, second, to);
    }
    return afterSpace(text, from, to, textEnd);
  }

  private int afterWord(byte[] text, int from, int to) {
    int at = from;
    if (this == CL100K) {
      while (at < to && letter(kind(text[at]))) {
        at++;
      }
      return at;
    }
    while (at < to && (kind(text[at]) == UPPER || kind(text[at]) == OTHER_LETTER)) {
      at++;
    }
    while (at < to && (kind(text[at]) == LOWER || kind(text[at]) == OTHER_LETTER)) {
      at++;
    }
    return afterContraction(text, at, to);
  }

  private static int afterContraction(byte[] text, int from, int to) {
    if (from + 1 >= to || text[from] != '\'') {
      return from;
    }
    int first = text[from + 1] | 0x20;
    if (first == 's' || first == 't' || first == 'm' || first == 'd') {
      return from + 2;
    }
    if (from + 2 >= to) {
      return from;
    }
    int second = text[from + 2] | 0x20;
    boolean two =
        (first == 'r' && second == 'e')
            || (first == 'v' && second == 'e')
            || (first == 'l' && second == 'l');
    return two ? from + 3 : from;
  }

  private static int afterDigits(byte[] text, int from, int to) {
    int at = from + 1;
    while (at < to && at < from + 3 && kind(text[at]) == DIGIT) {
      at++;
    }
    return at;
  }

  private int afterMarks(byte[] text, int from, int to) {
    int at = from;
    while (at < to && kind(text[at]) == MARK) {
      at++;
    }
    while (at < to && (kind(text[at]) == NEWLINE || (this == O200K && text[at] == '/'))) {
      at++;
    }
    return at;
  }

  private static int afterSpace(byte[] text, int from, int to, int textEnd) {
    int at = from;
    int afterNewline = from;
    while (at < to && (kind(text[at]) == SPACE || kind(text[at]) == NEWLINE)) {
      at++;
      if (kind(text[at - 1]) == NEWLINE) {
        afterNewline = at;
      }
    }
    if (afterNewline > from) {
      return afterNewline;
    }
    // the last space goes with what follows it
    return at == textEnd || at == from + 1 || at == to ? at : at - 1;
  }

  private static boolean letter(byte kind) {
    return kind <= OTHER_LETTER;
  }

  private static byte kind(byte b) {
    return KINDS[b & 0xFF];
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[256];
    for (int b = 0; b < 256; b++) {
      kinds[b] = kindOf(b);
    }
    return kinds;
  }

  private static byte kindOf(int b) {
    if (b >= 0x80) {
      return OTHER_LETTER;
    }
    if (b >= 'a' && b <= 'z') {
      return LOWER;
    }
    if (b >= 'A' && b <= 'Z') {
      return UPPER;
    }
    if (b >= '0' && b <= '9') {
      return DIGIT;
    }
    return switch (b) {
      case '\n', '\r' -> NEWLINE;
      case ' ', '\t', 0x0B, '\f' -> SPACE;
      default -> MARK;
    };
  }
}

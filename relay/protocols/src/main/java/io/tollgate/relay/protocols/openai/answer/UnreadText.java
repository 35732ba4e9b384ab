package io.tollgate.relay.protocols.openai.answer;

import java.util.Arrays;

/**
 * Counts the bytes of an event that is too large to be read, in parts. The data of data URLs and of
 * pictures in it is no text and does not count.
 */
final class UnreadText {
  private static final byte[][] MARKS = {
    {';', 'b', 'a', 's', 'e', '6', '4', ','},
    {'"', 'b', '6', '4', '_', 'j', 's', 'o', 'n', '"', ':', '"'}
  };

  private final int[] matched = new int[MARKS.length];
  private boolean inData;

  /** Another event begins. */
  void begin() {
    inData = false;
    Arrays.fill(matched, 0);
  }

  /** Bytes of this part that count. */
  long count(byte[] bytes, int from, int to) {
    long counted = 0;
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (inData && b != '"' && b != ')' && b != ' ') {
        continue;
      }
      inData = false;
      counted++;
      for (int m = 0; m < MARKS.length; m++) {
        byte[] mark = MARKS[m];
        matched[m] = b == mark[matched[m]] ? matched[m] + 1 : b == mark[0] ? 1 : 0;
        if (matched[m] == mark.length) {
          matched[m] = 0;
          inData = true;
        }
      }
    }
    return counted;
  }
}

package io.tollgate.bench.charging;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;

/**
 * What has come of an answer of HTTP whose body has a known length.
 *
 * @param whole whether it is all there
 * @param status 0 before the head is there
 */
record HttpAnswer(boolean whole, int status) {
  private static final HttpAnswer HEAD_MISSING = new HttpAnswer(false, 0);
  private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(ISO_8859_1);
  private static final int STATUS_FROM = "HTTP/1.1 ".length();
  private static final int STATUS_DIGITS = 3;

  static HttpAnswer read(byte[] bytes, int size) throws IOException {
    int end = headEnd(bytes, size);
    if (end < 0) {
      return HEAD_MISSING;
    }
    int status = number(bytes, STATUS_FROM, STATUS_FROM + STATUS_DIGITS);
    int length = 0;
    for (int at = STATUS_FROM; at + LENGTH.length < end; at++) {
      if (isLength(bytes, at)) {
        length = number(bytes, at + LENGTH.length, end);
      }
    }
    return new HttpAnswer(size >= end + length, status);
  }

  /** Where the body begins; -1 when the head has not ended. */
  private static int headEnd(byte[] bytes, int size) {
    for (int at = 0; at + 3 < size; at++) {
      if (bytes[at] == '\r'
          && bytes[at + 1] == '\n'
          && bytes[at + 2] == '\r'
          && bytes[at + 3] == '\n') {
        return at + 4;
      }
    }
    return -1;
  }

  private static boolean isLength(byte[] bytes, int from) {
    for (int i = 0; i < LENGTH.length; i++) {
      int c = bytes[from + i];
      if ((c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c) != LENGTH[i]) {
        return false;
      }
    }
    return true;
  }

  private static int number(byte[] bytes, int from, int to) throws IOException {
    int at = from;
    while (at < to && bytes[at] == ' ') {
      at++;
    }
    int number = 0;
    int first = at;
    for (; at < to && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
      number = number * 10 + bytes[at] - '0';
    }
    if (at == first) {
      throw new IOException(
          "an answer that is not HTTP/1.1: " + new String(bytes, 0, to, ISO_8859_1));
    }
    return number;
  }
}

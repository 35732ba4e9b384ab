package io.tollgate.insight.internal.spool;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes the fields of an entry one after the other, into an array that it keeps. */
final class EntryBytes {
  private static final int TEXT_MAX = 256;

  private byte[] bytes = new byte[1_024];
  private int length;

  void clear() {
    length = 0;
  }

  byte[] array() {
    return bytes;
  }

  int length() {
    return length;
  }

  void one(int value) {
    room(1);
    bytes[length++] = (byte) value;
  }

  void eight(long value) {
    room(8);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes[length++] = (byte) (value >>> shift);
    }
  }

  /** In as few bytes as it takes; not negative. */
  void number(long value) {
    room(10);
    long rest = value;
    while (rest > 0x7F) {
      bytes[length++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /** Cut where it is longer than any name of ours. */
  void text(String value) {
    String kept = value.length() <= TEXT_MAX ? value : cut(value);
    byte[] utf8 = kept.getBytes(StandardCharsets.UTF_8);
    number(utf8.length);
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, length, utf8.length);
    length += utf8.length;
  }

  private static String cut(String value) {
    boolean pair = Character.isHighSurrogate(value.charAt(TEXT_MAX - 1));
    return value.substring(0, pair ? TEXT_MAX - 1 : TEXT_MAX);
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
    }
  }
}

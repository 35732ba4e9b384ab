package io.tollgate.trading.strategies.internal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Carries the state of a fold out into bytes, or back in. Whatever has state names each part of it
 * once, {@code sum = copy.number(sum)}: on the way out it gets back what it gave, on the way in
 * what was saved.
 */
public final class StateCopy {
  private static final int FIRST_BYTES = 1_024;

  private final boolean inward;
  private ByteBuffer bytes;

  private StateCopy(boolean inward, ByteBuffer bytes) {
    this.inward = inward;
    this.bytes = bytes;
  }

  static StateCopy out() {
    return new StateCopy(false, ByteBuffer.allocate(FIRST_BYTES));
  }

  static StateCopy in(byte[] saved) {
    return new StateCopy(true, ByteBuffer.wrap(saved));
  }

  public double number(double now) {
    return Double.longBitsToDouble(whole(Double.doubleToRawLongBits(now)));
  }

  public long whole(long now) {
    if (inward) {
      return read();
    }
    room(Long.BYTES).putLong(now);
    return now;
  }

  /** A whole number from {@code least} to {@code most}. */
  public int within(int now, int least, int most) {
    long copied = whole(now);
    if (copied < least || copied > most) {
      throw new IllegalArgumentException(
          "saved state has " + copied + " (expected: " + least + " to " + most + ")");
    }
    return (int) copied;
  }

  public boolean flag(boolean now) {
    return within(now ? 1 : 0, 0, 1) == 1;
  }

  /** All of an array, in place. */
  public void numbers(double[] array) {
    for (int at = 0; at < array.length; at++) {
      array[at] = number(array[at]);
    }
  }

  /** All of an array, in place. */
  public void wholes(long[] array) {
    for (int at = 0; at < array.length; at++) {
      array[at] = whole(array[at]);
    }
  }

  /** A text that must be the same. */
  void same(String text) {
    byte[] expected = text.getBytes(StandardCharsets.UTF_8);
    int length = within(expected.length, 0, Integer.MAX_VALUE);
    if (!inward) {
      room(length).put(expected);
      return;
    }
    byte[] saved = new byte[Math.min(length, bytes.remaining())];
    bytes.get(saved);
    if (!Arrays.equals(saved, expected)) {
      throw new IllegalArgumentException(
          "saved state is of "
              + new String(saved, StandardCharsets.UTF_8)
              + " (expected: "
              + text
              + ")");
    }
  }

  byte[] saved() {
    return Arrays.copyOf(bytes.array(), bytes.position());
  }

  void end() {
    if (bytes.hasRemaining()) {
      throw new IllegalArgumentException(
          "saved state has " + bytes.remaining() + " bytes too many");
    }
  }

  private long read() {
    try {
      return bytes.getLong();
    } catch (BufferUnderflowException tooShort) {
      throw new IllegalArgumentException("saved state is cut short", tooShort);
    }
  }

  private ByteBuffer room(int needed) {
    if (bytes.remaining() < needed) {
      int length = Math.max(bytes.capacity() * 2, bytes.position() + needed);
      bytes = ByteBuffer.wrap(Arrays.copyOf(bytes.array(), length)).position(bytes.position());
    }
    return bytes;
  }
}

package io.tollgate.relay.protocols.internal.json;

import java.util.Arrays;

/** Bytes that grow at their end. Not thread-safe. */
public final class ByteSink {
  private static final byte[] NOTHING = {};

  private byte[] bytes = NOTHING;
  private int length;

  public void add(byte[] source, int from, int to) {
    int more = to - from;
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + more, length * 2));
    }
    System.arraycopy(source, from, bytes, length, more);
    length += more;
  }

  /** The array that holds the bytes, up to {@link #length}; not a copy. */
  public byte[] array() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public void clear() {
    bytes = NOTHING;
    length = 0;
  }

  /** The bytes, which are taken out. */
  public byte[] take() {
    byte[] taken = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    clear();
    return taken;
  }
}

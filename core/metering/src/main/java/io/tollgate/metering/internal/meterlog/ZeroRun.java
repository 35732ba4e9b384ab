package io.tollgate.metering.internal.meterlog;

import java.util.Arrays;

/** Finds where a run of zeros ends: what is not written of a segment is zeros. */
final class ZeroRun {
  private static final byte[] BLOCK = new byte[64 << 10];

  private ZeroRun() {}

  /** Where the first byte is that is not zero, from there on; the length when there is none. */
  static int end(byte[] data, int from) {
    int offset = from;
    while (offset < data.length) {
      int count = Math.min(BLOCK.length, data.length - offset);
      int used = Arrays.mismatch(data, offset, offset + count, BLOCK, 0, count);
      if (used >= 0) {
        return offset + used;
      }
      offset += count;
    }
    return data.length;
  }
}

package io.tollgate.metering.internal.meterlog;

import java.io.IOException;
import java.util.List;

/** Where the segments of one log are kept. Safe for use by several threads. */
public interface LogStorage {
  /** Names of the segments there are, in ascending order. */
  List<String> segments() throws IOException;

  /**
   * Makes a segment of zeros. When it returns, the blocks have been written and fsynced and so has
   * the directory: a later write needs no new space. When it fails, nothing is left behind.
   */
  LogSegment allocate(String name, int bytes) throws IOException;

  /** The whole of a segment. */
  byte[] read(String name) throws IOException;

  /**
   * Part of a segment. The default reads all of it, which is good enough for segments in memory.
   *
   * @param position of the first byte in the segment
   * @return bytes read, fewer than {@code length} only at the segment's end, where it may be 0
   */
  default int read(String name, long position, byte[] into, int offset, int length)
      throws IOException {
    byte[] data = read(name);
    int count = (int) Math.max(0, Math.min(length, data.length - position));
    if (count > 0) {
      System.arraycopy(data, Math.toIntExact(position), into, offset, count);
    }
    return count;
  }

  /** Returns when everything that was ever written to a segment is on disk. */
  void force(String name) throws IOException;

  /** Removes a segment for good. */
  void delete(String name) throws IOException;
}

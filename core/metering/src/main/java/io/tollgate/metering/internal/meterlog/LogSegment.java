package io.tollgate.metering.internal.meterlog;

import java.io.IOException;

/** An open segment. One thread writes; another may force at the same time. */
public interface LogSegment extends AutoCloseable {
  /**
   * Writes at a place in the file.
   *
   * @return bytes written; fewer than {@code length} is a fault that stops the log
   */
  int write(byte[] source, int offset, int length, long position) throws IOException;

  /** Returns when everything written before is on disk. */
  void force() throws IOException;

  @Override
  void close() throws IOException;
}

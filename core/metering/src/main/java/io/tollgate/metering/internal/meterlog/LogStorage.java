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

  /** Removes a segment for good. */
  void delete(String name) throws IOException;
}

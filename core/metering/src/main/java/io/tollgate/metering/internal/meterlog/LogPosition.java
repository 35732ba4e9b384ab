package io.tollgate.metering.internal.meterlog;

import java.util.HexFormat;

/**
 * A place between two records.
 *
 * @param sequence number of the last record before it, 0 at the start
 * @param chain that record's checksum, which covers everything before it; at the start the checksum
 *     of the log's id
 */
public record LogPosition(long sequence, int chain) {
  public LogPosition {
    if (sequence < 0) {
      throw new IllegalArgumentException("sequence: " + sequence + " (expected: >= 0)");
    }
  }

  @Override
  public String toString() {
    return sequence + "/" + HexFormat.of().toHexDigits(chain);
  }
}

package io.tollgate.metering.internal.meterlog;

import java.util.Optional;

/**
 * What reading a log came to. The valid records have gone to the reader's consumer.
 *
 * @param identity whose log it is, when its first header could be read
 * @param firstSegment number of the first segment that was read, 0 when there is none
 * @param start position before the first record of the first segment there is
 * @param last position after the last valid record
 * @param records how many valid records there are
 */
public record LogScan(
    Optional<LogIdentity> identity,
    int firstSegment,
    LogPosition start,
    LogPosition last,
    long records,
    LogEnd end) {
  /**
   * Whether records are missing that were on disk once: then the log must not be used before
   * somebody has looked at it.
   *
   * @param settled highest number known to be settled, and so to have been on disk
   */
  public boolean damaged(long settled) {
    return last.sequence() < settled || (end instanceof LogEnd.Hole hole && hole.damage(settled));
  }

  /** A valid record and where it stands. */
  public record Found(LogEnd.Place place, LogPosition position, int bytes, LogRecord record) {}
}

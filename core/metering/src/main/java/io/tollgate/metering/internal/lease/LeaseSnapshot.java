package io.tollgate.metering.internal.lease;

import java.util.List;

/**
 * The bank's rows of one holder, for comparison with memory.
 *
 * @param number the comparison's number, as asked
 */
public record LeaseSnapshot(
    HolderId holder, long number, boolean open, List<LeaseAnswer.Granted> rows) {
  public LeaseSnapshot {
    rows = List.copyOf(rows);
  }
}

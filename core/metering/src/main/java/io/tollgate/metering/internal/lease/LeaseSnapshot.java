package io.tollgate.metering.internal.lease;

import java.util.List;

/**
 * The bank's rows of one incarnation, for comparison with memory.
 *
 * @param number the comparison's number, as asked
 */
public record LeaseSnapshot(
    Incarnation incarnation, long number, boolean open, List<LeaseAnswer.Granted> rows) {
  public LeaseSnapshot {
    rows = List.copyOf(rows);
  }
}

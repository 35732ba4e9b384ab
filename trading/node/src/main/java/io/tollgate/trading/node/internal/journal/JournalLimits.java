package io.tollgate.trading.node.internal.journal;

import java.time.Duration;

/**
 * Bounds of a journal.
 *
 * @param maxBytes of the file; beyond it no new task is taken
 * @param freeBytes that the disk must have left for a new task to be taken
 * @param keep how long it is remembered how a task ended; one that is asked for again later would
 *     be taken for new
 */
public record JournalLimits(long maxBytes, long freeBytes, Duration keep) {
  /** Less would not hold one batch. */
  private static final long LEAST_BYTES = 1L << 20;

  public JournalLimits {
    if (maxBytes < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "maxBytes: " + maxBytes + " (expected: at least " + LEAST_BYTES + ")");
    }
    if (freeBytes < 0) {
      throw new IllegalArgumentException("freeBytes: " + freeBytes + " (expected: >= 0)");
    }
    if (!keep.isPositive()) {
      throw new IllegalArgumentException("keep: " + keep + " (expected: more than 0)");
    }
  }
}

package io.tollgate.bench.load;

/**
 * Counts of durations in nanoseconds, kept to within 1/64 of their size in fixed memory (30 KB).
 * Not for use by several threads.
 */
public final class LatencyHistogram {
  private static final int BITS = 6;
  private static final int STEPS = 1 << BITS;

  private final long[] counts = new long[(64 - BITS) * STEPS];
  private long total;

  /** Counts one duration; below 0 counts as 0. */
  public void record(long nanos) {
    counts[slot(Math.max(0, nanos))]++;
    total++;
  }

  public long total() {
    return total;
  }

  /**
   * The duration that a share of all recorded ones does not exceed, up to 1/64 too long; 0 when
   * nothing was recorded.
   *
   * @param share above 0, at most 1
   */
  public long quantile(double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("share: " + share + " (expected: above 0, at most 1)");
    }
    long wanted = Math.max(1, (long) Math.ceil(share * total));
    long seen = 0;
    for (int slot = 0; slot < counts.length; slot++) {
      seen += counts[slot];
      if (seen >= wanted) {
        return longest(slot);
      }
    }
    return 0;
  }

  /** Counts what another one has counted. */
  public void add(LatencyHistogram other) {
    for (int slot = 0; slot < counts.length; slot++) {
      counts[slot] += other.counts[slot];
    }
    total += other.total;
  }

  private static int slot(long nanos) {
    if (nanos < STEPS) {
      return (int) nanos;
    }
    int shift = 63 - Long.numberOfLeadingZeros(nanos) - BITS;
    return (shift + 1) * STEPS + (int) ((nanos >>> shift) - STEPS);
  }

  private static long longest(int slot) {
    if (slot < STEPS) {
      return slot;
    }
    int shift = slot / STEPS - 1;
    return ((STEPS + (long) (slot % STEPS) + 1) << shift) - 1;
  }
}

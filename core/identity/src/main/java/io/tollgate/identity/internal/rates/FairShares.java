package io.tollgate.identity.internal.rates;

import java.util.Arrays;

/**
 * Divides a limit among those who want of it: who wants less than an even part gets what they want,
 * and the others what that leaves, evenly (max-min fairness, Bertsekas and Gallager, Data Networks,
 * section 6.5).
 */
final class FairShares {
  private FairShares() {}

  /** The most that each can have; a wish above it is cut to it. */
  static long level(long limit, long[] wanted) {
    long[] ascending = wanted.clone();
    Arrays.sort(ascending);
    long left = Math.max(0, limit);
    for (int i = 0; i < ascending.length; i++) {
      long even = left / (ascending.length - i);
      if (ascending[i] > even) {
        return even;
      }
      left -= ascending[i];
    }
    return Long.MAX_VALUE;
  }
}

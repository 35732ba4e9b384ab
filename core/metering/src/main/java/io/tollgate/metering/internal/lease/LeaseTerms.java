package io.tollgate.metering.internal.lease;

import java.time.Duration;

/**
 * Times and sizes of leases.
 *
 * @param patience how long a request waits at its last leg for others to give back, once the bank
 *     has answered
 * @param silence how long it waits in all when the bank is slow to answer
 * @param legWait how long it waits for a leg that another leg can stand in for, once the bank has
 *     answered
 * @param dry how long it is believed that there is no more, where another leg can stand in
 * @param askAgain pause between two asks of a waiting request
 * @param answer after how long an operation is sent again; each time after twice as long
 * @param compare how often memory is compared with the bank's rows
 * @param idle unused for so long, an account's slice goes back
 * @param slice how much use, in time, a slice shall cover
 * @param sliceRequests how many requests like the last ones a slice covers at least
 * @param largestSlice bound of a slice, smallest units
 */
public record LeaseTerms(
    Duration patience,
    Duration silence,
    Duration legWait,
    Duration dry,
    Duration askAgain,
    Duration answer,
    Duration compare,
    Duration idle,
    Duration slice,
    int sliceRequests,
    long largestSlice) {
  public LeaseTerms {
    for (Duration each :
        new Duration[] {patience, silence, legWait, dry, askAgain, answer, compare, idle, slice}) {
      if (!each.isPositive()) {
        throw new IllegalArgumentException("lease time: " + each + " (expected: > 0)");
      }
    }
    if (sliceRequests < 0) {
      throw new IllegalArgumentException("slice requests: " + sliceRequests + " (expected: >= 0)");
    }
    if (largestSlice < 0) {
      throw new IllegalArgumentException("largest slice: " + largestSlice + " (expected: >= 0)");
    }
  }

  /**
   * The terms for production.
   *
   * @param idle unused for so long, an account's slice goes back
   */
  public static LeaseTerms standard(Duration idle) {
    return new LeaseTerms(
        Duration.ofMillis(300),
        Duration.ofSeconds(2),
        Duration.ofMillis(300),
        Duration.ofMillis(200),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofSeconds(1),
        idle,
        Duration.ofSeconds(2),
        32,
        Long.MAX_VALUE / 1024);
  }

  /**
   * How long a request waits for a leg that another can stand in for while the bank is silent:
   * long, so that a slow bank does not have money pay what a quota would have; and not so long as
   * to let no other leg be tried.
   */
  Duration legSilence() {
    return silence.dividedBy(2);
  }
}

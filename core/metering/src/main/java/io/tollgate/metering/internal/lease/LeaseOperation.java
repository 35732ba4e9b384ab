package io.tollgate.metering.internal.lease;

import io.tollgate.ground.AccountId;

/**
 * One numbered lease operation, from holder to bank. It sets what is granted over the lease's whole
 * life to an absolute value, so that repeating it changes nothing.
 *
 * @param number 1, 2, 3 … per holder and account
 * @param token random; tells a repetition from the operation of a copied process
 * @param before what the sender believed to be granted; used by proofs only
 * @param target wanted absolute grant, smallest units
 * @param need the least absolute grant that serves the waiting requests; 0 when nobody waits
 * @param drained the sender has nothing free, and returns unasked whatever becomes free
 */
public record LeaseOperation(
    HolderId holder,
    AccountId account,
    long number,
    long token,
    long before,
    long target,
    long need,
    boolean drained) {
  public LeaseOperation {
    if (number < 1) {
      throw new IllegalArgumentException("operation number: " + number + " (expected: >= 1)");
    }
    if (target < 0 || need < 0) {
      throw new IllegalArgumentException(
          "target: " + target + ", need: " + need + " (expected: >= 0)");
    }
  }
}

package io.tollgate.metering.internal.lease;

import io.tollgate.ground.AccountId;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** One account in a holder's memory. Amounts over the lease's life, smallest units. */
final class HeldLease {
  final AccountId account;
  final ArrayDeque<LegWalk> waiting = new ArrayDeque<>();
  long granted;
  long used;
  long reserved;
  long number;
  long token;
  @Nullable LeaseOperation inFlight;
  long sentAt;

  /** With {@code askedOnce}, when the waiting requests last asked. */
  long askedAt;

  boolean askedOnce;
  boolean recalled;

  /** Nothing free was left for others: what becomes free goes back at once. */
  boolean drained;

  long lastUse;

  /** Number of the last comparison sent before memory last changed by an operation. */
  long quietAfter;

  private double perSecond;
  private long rateAt;
  private long usedSince;

  HeldLease(AccountId account, long now) {
    this.account = account;
    lastUse = now;
    rateAt = now;
  }

  /** What may be reserved at once; negative when the bank went back to an older state. */
  long free() {
    return granted - used - reserved;
  }

  /** The least grant that serves everybody who waits. */
  long need() {
    long need = Math.addExact(used, reserved);
    for (LegWalk walk : waiting) {
      need = Math.addExact(need, walk.missing());
    }
    return need;
  }

  void reserve(long units, long now) {
    reserved = Math.addExact(reserved, units);
    usedSince = Math.addExact(usedSince, units);
    lastUse = now;
  }

  /** The slice that covers the given time at the present rate of use, within the bound. */
  long slice(LeaseTerms terms, long now) {
    long elapsed = now - rateAt;
    if (elapsed >= 100_000_000L) {
      double weight = Math.min(1, elapsed / 1e9);
      perSecond += weight * (usedSince / (elapsed / 1e9) - perSecond);
      rateAt = now;
      usedSince = 0;
    }
    double wanted = perSecond * terms.slice().toNanos() / 1e9;
    return (long) Math.min(wanted, terms.largestSlice());
  }
}

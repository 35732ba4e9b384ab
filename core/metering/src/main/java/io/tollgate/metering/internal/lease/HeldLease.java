package io.tollgate.metering.internal.lease;

import io.tollgate.ground.AccountId;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** One account in a holder's memory. Amounts over the lease's life, smallest units. */
final class HeldLease {
  /** Each repetition waits twice as long as the one before; not longer from this one on. */
  static final int MAX_REPETITIONS = 4;

  final AccountId account;
  final ArrayDeque<PendingReservation> waiting = new ArrayDeque<>(1);

  /** Kept by {@link HeldLeases}: it is among those that somebody waits for. */
  boolean awaited;

  long granted;
  long used;
  long reserved;
  long number;
  long token;

  /** The last operation that was answered. */
  long answered;

  @Nullable LeaseOperation inFlight;
  long sentAt;

  /** How often the operation in flight was sent again, as far as that counts. */
  int repetitions;

  /** With {@code askedOnce}, when the waiting requests last asked. */
  long askedAt;

  boolean askedOnce;

  /** With {@code prefetched}, when it was last asked ahead. */
  long prefetchedAt;

  boolean prefetched;
  boolean recalled;

  /** Nothing free was left for others: what becomes free goes back at once. */
  boolean drained;

  /** The bank had nothing, and nobody had anything to give back. */
  boolean dry;

  /** With {@code dry}, when the bank said so. */
  long dryAt;

  long lastUse;

  /** Number of the last comparison sent before memory last changed by an operation. */
  long quietAfter;

  private double perSecond;
  private long rateAt;
  private long usedSince;

  /** Decaying maximum of what one request reserves. */
  private long largest;

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
    for (PendingReservation request : waiting) {
      need = Math.addExact(need, request.missing());
    }
    return need;
  }

  /** Whether the bank said a moment ago that there is no more than memory has. */
  boolean knownDry(LeaseTerms terms, long now) {
    return dry && now - dryAt < terms.dry().toNanos();
  }

  /**
   * Whether it is time to send the operation in flight once more: a slow bank gets no more work.
   */
  boolean isUnanswered(LeaseTerms terms, long now) {
    return now - sentAt >= terms.answer().toNanos() << repetitions;
  }

  /** The bank has answered an ask: from now on requests wait for others, not for the bank. */
  void heard(long number, long now, long deadline) {
    for (PendingReservation request : waiting) {
      if (request.sinceNumber < number) {
        request.heard(now, deadline);
      }
    }
  }

  /** A request wants so much. */
  void expect(long units) {
    largest = Math.max(largest, units);
  }

  void reserve(long units, long now) {
    largest = Math.max(units, largest - largest / 8);
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
    double byRate = perSecond * terms.slice().toNanos() / 1e9;
    double wanted = Math.max(byRate, (double) largest * terms.sliceRequests());
    return (long) Math.min(wanted, terms.largestSlice());
  }
}

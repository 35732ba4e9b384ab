package io.tollgate.relay.accounts.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts what came in the last minute, in slots of ten seconds of which the oldest counts whole: in
 * no 60 seconds is more let through than is allowed. Safe for use by many threads; none waits.
 */
final class MinuteCount {
  private static final long SLOT_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final int COUNTED = 7;
  private static final int SLOTS = 8;
  private static final int COUNT_BITS = 40;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

  private final long start;
  // the slot's number above, what came in it below
  private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

  /**
   * @param start monotonic nanoseconds from which it counts
   */
  MinuteCount(long start) {
    this.start = start;
  }

  /** What came in the last minute. */
  long total(long now) {
    long current = slot(now);
    long total = 0;
    for (int i = 0; i < SLOTS; i++) {
      long value = slots.get(i);
      long age = current - (value >>> COUNT_BITS);
      if (age >= 0 && age < COUNTED) {
        total += value & COUNT_MASK;
      }
    }
    return total;
  }

  /** Counts it unless more than is allowed had come then. Of more than that at once as much. */
  boolean tryAdd(long amount, long max, long now) {
    long counted = Math.min(amount, max);
    add(counted, now);
    if (total(now) > max) {
      add(-counted, now);
      return false;
    }
    return true;
  }

  boolean fits(long amount, long max, long now) {
    return total(now) + Math.min(amount, max) <= max;
  }

  /** When the next slot begins, and an old one is forgotten. */
  long nanosToNextSlot(long now) {
    return SLOT_NANOS - (now - start) % SLOT_NANOS;
  }

  void add(long amount, long now) {
    long number = slot(now);
    int index = (int) (number % SLOTS);
    slots.updateAndGet(
        index,
        value -> {
          long before = value >>> COUNT_BITS == number ? value & COUNT_MASK : 0;
          return number << COUNT_BITS | Math.clamp(before + amount, 0, COUNT_MASK);
        });
  }

  /** Puts right what was counted at a moment: there while it counts, else now what was missing. */
  void correct(long amount, long at, long now) {
    long number = slot(at);
    if (slot(now) - number < COUNTED) {
      slots.updateAndGet(
          (int) (number % SLOTS),
          value ->
              value >>> COUNT_BITS == number
                  ? number << COUNT_BITS | Math.clamp((value & COUNT_MASK) + amount, 0, COUNT_MASK)
                  : value);
    } else if (amount > 0) {
      add(amount, now);
    }
  }

  /** From 8 on, so that a slot that was never used is old. */
  private long slot(long now) {
    return Math.max(0, now - start) / SLOT_NANOS + SLOTS;
  }
}

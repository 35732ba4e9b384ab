package io.tollgate.identity.internal;

import io.tollgate.identity.RequestLimits.Decision;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * The requests of one key in the last 60 seconds. Up to 1,000 a minute each request is remembered
 * with its own time; above that, requests within 60 ms are remembered together as of the latest,
 * which keeps memory bounded (some 40 KB) and never lets more than the limit pass.
 */
final class SlidingWindow {
  static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final int EXACT_UP_TO = 1_000;
  private static final long GROUP_NANOS = WINDOW_NANOS / EXACT_UP_TO;
  private static final int MAX_GROUPS = 2_048;

  // a ring of groups, oldest at head
  private long[] firsts = new long[4];
  private long[] lasts = new long[4];
  private int[] counts = new int[4];
  private int head;
  private int size;
  private int total;

  /** Counts a request at {@code now} if fewer than the limit are in the window. */
  Decision tryAcquire(int limit, long now) {
    forgetBefore(now);
    if (total >= limit) {
      return new Decision.Refused(limit, untilBelow(limit, now), untilEmpty(now));
    }
    count(limit, now);
    return new Decision.Allowed(limit, limit - total, untilEmpty(now));
  }

  private void forgetBefore(long now) {
    while (size > 0 && now - lasts[head] >= WINDOW_NANOS) {
      total -= counts[head];
      head = (head + 1) % counts.length;
      size--;
    }
  }

  private void count(int limit, long now) {
    total++;
    if (size > 0) {
      int newest = at(size - 1);
      boolean joins = limit > EXACT_UP_TO && now - firsts[newest] < GROUP_NANOS;
      if (joins || size == MAX_GROUPS) {
        lasts[newest] = now;
        counts[newest]++;
        return;
      }
    }
    if (size == counts.length) {
      grow();
    }
    int free = at(size);
    firsts[free] = now;
    lasts[free] = now;
    counts[free] = 1;
    size++;
  }

  private void grow() {
    int capacity = counts.length * 2;
    long[] newFirsts = Arrays.copyOf(firsts, capacity);
    long[] newLasts = Arrays.copyOf(lasts, capacity);
    int[] newCounts = Arrays.copyOf(counts, capacity);
    for (int i = 0; i < size; i++) {
      newFirsts[i] = firsts[at(i)];
      newLasts[i] = lasts[at(i)];
      newCounts[i] = counts[at(i)];
    }
    firsts = newFirsts;
    lasts = newLasts;
    counts = newCounts;
    head = 0;
  }

  private Duration untilBelow(int limit, long now) {
    int left = total;
    int group = 0;
    while (left - counts[at(group)] >= limit) {
      left -= counts[at(group)];
      group++;
    }
    return Duration.ofNanos(lasts[at(group)] + WINDOW_NANOS - now);
  }

  private Duration untilEmpty(long now) {
    return Duration.ofNanos(lasts[at(size - 1)] + WINDOW_NANOS - now);
  }

  private int at(int group) {
    return (head + group) % counts.length;
  }
}

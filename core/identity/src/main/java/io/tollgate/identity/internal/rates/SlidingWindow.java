package io.tollgate.identity.internal.rates;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * What was taken in the last 60 seconds: requests, or tokens. Up to 1,000 requests a minute each is
 * remembered with its own time; above that, and of tokens always, what is taken within 60 ms is
 * remembered together as of the latest, which keeps memory bounded (some 50 KB) and never lets more
 * than the limit pass. Confined to whoever holds its lock.
 */
final class SlidingWindow {
  static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(60);

  private static final int EXACT_UP_TO = 1_000;
  private static final long GROUP_NANOS = WINDOW_NANOS / EXACT_UP_TO;
  private static final int MAX_GROUPS = 2_048;

  private final boolean single;
  // a ring of groups, oldest at head
  private long[] firsts = new long[4];
  private long[] lasts = new long[4];
  private long[] amounts = new long[4];
  private int head;
  private int size;
  private long total;

  /**
   * @param single whether small limits are told exactly, each taking by its own time
   */
  SlidingWindow(boolean single) {
    this.single = single;
  }

  /** Takes so much if it fits below the limit with what is in the window. */
  boolean tryTake(long limit, long amount, long now) {
    forgetBefore(now);
    if (amount > limit - total) {
      return false;
    }
    add(single && limit <= EXACT_UP_TO, amount, now);
    return true;
  }

  /** What is in the window. */
  long total(long now) {
    forgetBefore(now);
    return total;
  }

  /**
   * What was taken at a time was another amount: less of it comes back into the window that it was
   * taken from, more counts from now.
   */
  void correct(long at, long taken, long used, long now) {
    forgetBefore(now);
    if (used > taken) {
      add(false, used - taken, now);
      return;
    }
    for (int i = 0; i < size; i++) {
      int group = at(i);
      if (firsts[group] - at > 0) {
        // it has left the window
        return;
      }
      if (lasts[group] - at >= 0) {
        long back = Math.min(taken - used, amounts[group]);
        amounts[group] -= back;
        total -= back;
        return;
      }
    }
  }

  /** How long until so much fits, if nothing else is taken; a whole window where it never does. */
  long nanosUntilFits(long limit, long amount, long now) {
    long left = total;
    for (int i = 0; i < size; i++) {
      left -= amounts[at(i)];
      if (amount <= limit - left) {
        return lasts[at(i)] + WINDOW_NANOS - now;
      }
    }
    return WINDOW_NANOS;
  }

  /** How long until nothing is in the window, if nothing else is taken. */
  long nanosUntilEmpty(long now) {
    return size == 0 ? 0 : lasts[at(size - 1)] + WINDOW_NANOS - now;
  }

  private void forgetBefore(long now) {
    while (size > 0 && now - lasts[head] >= WINDOW_NANOS) {
      total -= amounts[head];
      head = (head + 1) % amounts.length;
      size--;
    }
  }

  private void add(boolean exactly, long amount, long now) {
    total += amount;
    if (size > 0) {
      int newest = at(size - 1);
      boolean joins = !exactly && now - firsts[newest] < GROUP_NANOS;
      if (joins || size == MAX_GROUPS) {
        lasts[newest] = now;
        amounts[newest] += amount;
        return;
      }
    }
    if (size == amounts.length) {
      grow();
    }
    int free = at(size);
    firsts[free] = now;
    lasts[free] = now;
    amounts[free] = amount;
    size++;
  }

  private void grow() {
    int capacity = amounts.length * 2;
    long[] newFirsts = Arrays.copyOf(firsts, capacity);
    long[] newLasts = Arrays.copyOf(lasts, capacity);
    long[] newAmounts = Arrays.copyOf(amounts, capacity);
    for (int i = 0; i < size; i++) {
      newFirsts[i] = firsts[at(i)];
      newLasts[i] = lasts[at(i)];
      newAmounts[i] = amounts[at(i)];
    }
    firsts = newFirsts;
    lasts = newLasts;
    amounts = newAmounts;
    head = 0;
  }

  private int at(int group) {
    return (head + group) % amounts.length;
  }
}

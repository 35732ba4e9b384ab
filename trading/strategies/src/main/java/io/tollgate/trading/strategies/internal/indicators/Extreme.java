package io.tollgate.trading.strategies.internal.indicators;

import io.tollgate.trading.strategies.internal.StateCopy;

/**
 * Greatest (or least) of the last n numbers, the one at hand included. First with the n-th. Numbers
 * that can no longer become it are dropped as others come (a monotonic queue), so that each is
 * looked at twice in all.
 */
public final class Extreme {
  private final int sign;
  private final double[] numbers;
  private final long[] places;
  private int head;
  private int size;
  private long count;

  private Extreme(int period, int sign) {
    this.sign = sign;
    this.numbers = new double[period];
    this.places = new long[period];
  }

  public static Extreme highest(int period) {
    return new Extreme(period, 1);
  }

  public static Extreme lowest(int period) {
    return new Extreme(period, -1);
  }

  public double add(double number) {
    double signed = sign * number;
    if (size > 0 && places[head] <= count - numbers.length) {
      head = next(head);
      size--;
    }
    while (size > 0 && numbers[place(size - 1)] <= signed) {
      size--;
    }
    int free = place(size);
    numbers[free] = signed;
    places[free] = count;
    size++;
    count++;
    return value();
  }

  /** NaN before the n-th number. */
  public double value() {
    return count < numbers.length ? Double.NaN : sign * numbers[head];
  }

  private int next(int at) {
    return at + 1 == numbers.length ? 0 : at + 1;
  }

  private int place(int offset) {
    int at = head + offset;
    return at < numbers.length ? at : at - numbers.length;
  }

  public void state(StateCopy copy) {
    copy.numbers(numbers);
    copy.wholes(places);
    head = copy.within(head, 0, numbers.length - 1);
    size = copy.within(size, 0, numbers.length);
    count = copy.whole(count);
  }
}

package io.tollgate.trading.engine.candles;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.util.Arrays;
import java.util.NoSuchElementException;

/**
 * Candles in memory, 48 bytes each, to be read as often as needed and by many threads. Immutable.
 */
public final class CandleSeries {
  private static final int COLUMNS = 5;
  private static final int FIRST = 1_024;

  private final long[] times;

  /** Open, high, low, close, volume of one candle after another. */
  private final double[] values;

  private final int size;

  private CandleSeries(long[] times, double[] values, int size) {
    this.times = times;
    this.values = values;
    this.size = size;
  }

  /**
   * Reads all of a feed.
   *
   * @param most candles that it may have
   * @throws Refusal {@code VALIDATION_ERROR} when it has more
   */
  public static CandleSeries read(BarFeed feed, int most) {
    long[] times = new long[Math.min(FIRST, most)];
    double[] values = new double[times.length * COLUMNS];
    int size = 0;
    while (feed.next()) {
      if (size == most) {
        throw new Refusal(
                ErrorCode.VALIDATION_ERROR,
                "candles: more than " + most + " (expected: at most " + most + ")")
            .ofField("candles");
      }
      if (size == times.length) {
        times = Arrays.copyOf(times, (int) Math.min(most, 2L * size));
        values = Arrays.copyOf(values, times.length * COLUMNS);
      }
      times[size] = feed.openTime();
      int at = size++ * COLUMNS;
      values[at] = feed.open();
      values[at + 1] = feed.high();
      values[at + 2] = feed.low();
      values[at + 3] = feed.close();
      values[at + 4] = feed.volume();
    }
    return new CandleSeries(times, values, size);
  }

  public int size() {
    return size;
  }

  /** When a candle opened, in milliseconds since 1970. */
  public long openTime(int index) {
    return times[index];
  }

  /** All of them. */
  public BarFeed feed() {
    return feed(0, size);
  }

  /**
   * Some of them, as if there were no others.
   *
   * @param from index of the first
   * @param to index after the last
   */
  public BarFeed feed(int from, int to) {
    if (from < 0 || to > size || from > to) {
      throw new IllegalArgumentException(
          "candles " + from + " to " + to + " (expected: within 0 to " + size + ")");
    }
    return new Walk(from, to);
  }

  private final class Walk implements BarFeed {
    private final int first;
    private final int end;
    private int index;

    Walk(int first, int end) {
      this.first = first;
      this.end = end;
      this.index = first - 1;
    }

    @Override
    public boolean next() {
      if (index + 1 >= end) {
        return false;
      }
      index++;
      return true;
    }

    @Override
    public int read(BarBatch batch) {
      int count = Math.min(BarBatch.ROOM, end - 1 - index);
      batch.copy(times, values, index + 1, count);
      index += count;
      return count;
    }

    private double value(int column) {
      return values[here() * COLUMNS + column];
    }

    private int here() {
      if (index < first) {
        throw new NoSuchElementException("next() has not been called");
      }
      return index;
    }

    @Override
    public long openTime() {
      return times[here()];
    }

    @Override
    public double open() {
      return value(0);
    }

    @Override
    public double high() {
      return value(1);
    }

    @Override
    public double low() {
      return value(2);
    }

    @Override
    public double close() {
      return value(3);
    }

    @Override
    public double volume() {
      return value(4);
    }
  }
}

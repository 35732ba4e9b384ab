package io.tollgate.trading.engine.candles;

/**
 * Some bars one after another, read together: asking a feed for each part of each bar costs more
 * than a strategy does. For one thread.
 */
public final class BarBatch {
  /** Bars that it has room for. */
  public static final int ROOM = 512;

  private static final int COLUMNS = 5;

  private final long[] times = new long[ROOM];

  /** Open, high, low, close, volume of one bar after another. */
  private final double[] values = new double[ROOM * COLUMNS];

  private int size;

  /** Bars in it. */
  public int size() {
    return size;
  }

  /** When a bar opened, in milliseconds since 1970. */
  public long openTime(int index) {
    return times[index];
  }

  public double open(int index) {
    return values[index * COLUMNS];
  }

  public double high(int index) {
    return values[index * COLUMNS + 1];
  }

  public double low(int index) {
    return values[index * COLUMNS + 2];
  }

  public double close(int index) {
    return values[index * COLUMNS + 3];
  }

  /** In the base coin. */
  public double volume(int index) {
    return values[index * COLUMNS + 4];
  }

  /** Takes the next bars of a feed, in place of those that are in it. */
  void take(BarFeed feed) {
    size = 0;
    while (size < ROOM && feed.next()) {
      times[size] = feed.openTime();
      int at = size++ * COLUMNS;
      values[at] = feed.open();
      values[at + 1] = feed.high();
      values[at + 2] = feed.low();
      values[at + 3] = feed.close();
      values[at + 4] = feed.volume();
    }
  }

  /**
   * Takes bars of arrays, in place of those that are in it.
   *
   * @param columns open, high, low, close, volume of one bar after another
   */
  void copy(long[] openTimes, double[] columns, int from, int count) {
    size = count;
    System.arraycopy(openTimes, from, times, 0, count);
    System.arraycopy(columns, from * COLUMNS, values, 0, count * COLUMNS);
  }
}

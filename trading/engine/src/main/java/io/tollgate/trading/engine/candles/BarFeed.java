package io.tollgate.trading.engine.candles;

/**
 * Closed bars, one after another, each sound and opening after the one before. Its parts are those
 * of the bar that it stands on. For one thread, and to be read once.
 */
public interface BarFeed {
  /** Goes to the next bar; false when there is none. The first call goes to the first bar. */
  boolean next();

  /** When the bar opened, in milliseconds since 1970. */
  long openTime();

  double open();

  double high();

  double low();

  double close();

  /** In the base coin. */
  double volume();

  /**
   * Reads the next bars together, and stands on the last of them.
   *
   * @return how many: {@link BarBatch#ROOM}, and fewer only where the feed ends
   */
  default int read(BarBatch batch) {
    batch.take(this);
    return batch.size();
  }
}

package io.tollgate.bench.backtest;

import io.tollgate.trading.engine.candles.BarFeed;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Bars of a minute that are made as they are read: a random walk of 0.05 % a minute. The same seed
 * makes the same.
 */
final class MadeBars implements BarFeed {
  static final long MINUTE_MS = 60_000;
  private static final long START_MS = 1_767_225_600_000L;
  private static final double STEP = 0.0005;

  private final RandomGenerator random;
  private final long count;
  private long index = -1;
  private double open;
  private double high;
  private double low;
  private double close = 50_000;
  private double volume;

  MadeBars(long count, long seed) {
    this.count = count;
    this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  @Override
  public boolean next() {
    if (++index >= count) {
      return false;
    }
    open = close;
    close = tick(open * Math.exp(STEP * random.nextGaussian()));
    high = tick(Math.max(open, close) * (1 + STEP * random.nextDouble()));
    low =
        Math.min(
            Math.min(open, close), tick(Math.min(open, close) * (1 - STEP * random.nextDouble())));
    high = Math.max(high, Math.max(open, close));
    volume = 1 + random.nextInt(100);
    return true;
  }

  /** Prices have one decimal. */
  private static double tick(double price) {
    return Math.rint(price * 10) / 10;
  }

  @Override
  public long openTime() {
    return START_MS + index * MINUTE_MS;
  }

  @Override
  public double open() {
    return open;
  }

  @Override
  public double high() {
    return high;
  }

  @Override
  public double low() {
    return low;
  }

  @Override
  public double close() {
    return close;
  }

  @Override
  public double volume() {
    return volume;
  }
}

package io.tollgate.sandbox.internal.trading.market;

/**
 * S(t), whose exponential moves a price: eleven waves of {@code 0.0005 * 2^k}, each linear between
 * noise that changes every {@code 60 * 4^k} seconds. Keeps the noise of the place asked for last,
 * so that asking along the time is cheap. Not thread-safe.
 */
final class Waves {
  static final int LEVELS = 11;
  private static final double AMPLITUDE = 0.0005;
  private static final long SHORTEST_SECONDS = 60;

  private final Noise noise;
  private final long[] place = new long[LEVELS];
  private final double[] from = new double[LEVELS];
  private final double[] to = new double[LEVELS];

  Waves(Noise noise) {
    this.noise = noise;
    for (int level = 0; level < LEVELS; level++) {
      move(level, 0);
    }
  }

  /** The sum at so many milliseconds of Unix time, >= 0. */
  double at(long millis) {
    double seconds = millis / 1000.0;
    double sum = 0;
    for (int level = 0; level < LEVELS; level++) {
      long tau = SHORTEST_SECONDS << (2 * level);
      long n = Math.floorDiv(millis, tau * 1000);
      if (n != place[level]) {
        move(level, n);
      }
      double part = (seconds - n * tau) / tau;
      double value = from[level] + (to[level] - from[level]) * part;
      sum += AMPLITUDE * (1 << level) * value;
    }
    return sum;
  }

  private void move(int level, long n) {
    String part = Integer.toString(level);
    from[level] = n == place[level] + 1 ? to[level] : noise.at(part, n);
    to[level] = noise.at(part, n + 1);
    place[level] = n;
  }
}

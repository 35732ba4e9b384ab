package io.tollgate.trading.strategies;

import io.tollgate.contracts.Timeframe;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Sound bars of many characters: walks, waves, ticks that tie, flat stretches, leaps, gaps. */
public final class RandomBars {
  private static final double[] PRICES = {50_000, 2_500, 150, 2, 0.2, 1e-9, 3e11};

  private RandomBars() {}

  public static List<Bar> series(RandomGenerator random, Timeframe timeframe, int length) {
    double start = PRICES[random.nextInt(PRICES.length)];
    // by how much a bar moves, in shares of the price: calm to wild
    double move = Math.exp(-7 + 4.5 * random.nextDouble());
    double wave = random.nextBoolean() ? move * 2 : 0;
    double waves = 10 + 60 * random.nextDouble();
    double tick = random.nextInt(3) == 0 ? start * move : 0;
    boolean stretches = random.nextInt(3) == 0;
    boolean leaps = random.nextInt(3) == 0;
    List<Bar> bars = new ArrayList<>(length);
    long time = timeframe.lengthMs() * (1_000_000_000_000L / timeframe.lengthMs());
    time += timeframe.lengthMs() * random.nextInt(50);
    double price = start;
    int still = 0;
    for (int i = 0; i < length; i++) {
      time += timeframe.lengthMs() * (random.nextInt(60) == 0 ? 1 + random.nextInt(8) : 1);
      if (stretches && still == 0 && random.nextInt(40) == 0) {
        still = 5 + random.nextInt(40);
      }
      double open = price;
      if (leaps && random.nextInt(50) == 0) {
        open = price * Math.exp((random.nextDouble() - 0.5) * 20 * move);
      }
      double drift = wave * Math.sin(i * 2 * Math.PI / waves);
      double close = open * Math.exp(drift + move * random.nextGaussian());
      double high = Math.max(open, close) * (1 + move * random.nextDouble());
      double low = Math.min(open, close) * (1 - Math.min(0.5, move) * random.nextDouble());
      if (still > 0) {
        still--;
        bars.add(new Bar(time, price, price, price, price, 0));
        continue;
      }
      Bar bar =
          new Bar(
              time,
              rounded(open, tick),
              rounded(high, tick),
              rounded(low, tick),
              rounded(close, tick),
              random.nextDouble() * 100);
      bars.add(bar);
      price = Math.clamp(bar.close(), start / 1_000, start * 1_000);
    }
    return bars;
  }

  private static double rounded(double price, double tick) {
    return tick == 0 ? price : Math.max(tick, Math.rint(price / tick) * tick);
  }
}

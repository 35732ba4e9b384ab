package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.internal.StateCopy;
import io.tollgate.trading.strategies.internal.indicators.Ema;

/**
 * The trend of bars that are several of ours long: whether the last closed one is above its
 * exponential mean. Each begins at a whole multiple of its length since 1970; it is closed by the
 * last of ours that belongs to it, or, where that is missing, by the next one of ours. The first is
 * left out if it had begun before ours did.
 */
final class HigherTrend {
  private final long barMs;
  private final long lengthMs;
  private final Ema mean;
  private boolean begun;
  private boolean running;
  private long period;
  private double last;
  private double closed = Double.NaN;

  HigherTrend(Timeframe timeframe, int factor, int emaPeriod) {
    this.barMs = timeframe.lengthMs();
    this.lengthMs = timeframe.lengthMs() * factor;
    this.mean = new Ema(emaPeriod);
  }

  void add(long openTime, double close) {
    long start = openTime - Math.floorMod(openTime, lengthMs);
    if (!begun || start != period) {
      end();
      running = begun || openTime == start;
      begun = true;
      period = start;
    }
    last = close;
    if (openTime + barMs >= start + lengthMs) {
      end();
    }
  }

  private void end() {
    if (running) {
      running = false;
      closed = last;
      mean.add(last);
    }
  }

  /** 1 up, −1 down, 0 neither or not known. */
  int direction() {
    if (closed > mean.value()) {
      return 1;
    }
    return closed < mean.value() ? -1 : 0;
  }

  double mean() {
    return mean.value();
  }

  void state(StateCopy copy) {
    mean.state(copy);
    begun = copy.flag(begun);
    running = copy.flag(running);
    period = copy.whole(period);
    last = copy.number(last);
    closed = copy.number(closed);
  }
}

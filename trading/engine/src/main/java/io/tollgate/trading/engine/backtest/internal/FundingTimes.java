package io.tollgate.trading.engine.backtest.internal;

import io.tollgate.trading.engine.backtest.FundingRate;
import java.math.BigDecimal;
import java.util.List;

/** When funding falls due, in ascending order: by a list, or every eight hours at one rate. */
final class FundingTimes {
  private static final long EVERY_MS = 8 * 3_600_000L;

  private final BigDecimal rate;
  private final List<FundingRate> list;
  private int index;
  private long next = Long.MIN_VALUE;

  FundingTimes(BigDecimal rate, List<FundingRate> list) {
    this.rate = rate;
    this.list = list;
    if (!list.isEmpty()) {
      next = list.getFirst().time();
    } else if (rate.signum() == 0) {
      next = Long.MAX_VALUE;
    }
  }

  /** Passes over what was due before the first bar. */
  void startAt(long time) {
    if (list.isEmpty() && next != Long.MAX_VALUE) {
      next = Math.ceilDiv(time, EVERY_MS) * EVERY_MS;
    }
    while (next < time) {
      pass();
    }
  }

  /** When the next is due; {@link Long#MAX_VALUE} when none is. */
  long next() {
    return next;
  }

  /** Takes the next one. */
  BigDecimal take() {
    BigDecimal due = list.isEmpty() ? rate : list.get(index).rate();
    pass();
    return due;
  }

  private void pass() {
    if (list.isEmpty()) {
      next += EVERY_MS;
    } else {
      index++;
      next = index < list.size() ? list.get(index).time() : Long.MAX_VALUE;
    }
  }
}

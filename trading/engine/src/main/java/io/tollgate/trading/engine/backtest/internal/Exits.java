package io.tollgate.trading.engine.backtest.internal;

import io.tollgate.trading.engine.backtest.BacktestTerms;
import io.tollgate.trading.engine.backtest.ExitReason;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Where a position ends within a bar. Levels that protect come before the target. */
final class Exits {
  /** Share of the entry notional that must be left of the margin. */
  private static final BigDecimal MAINTENANCE = new BigDecimal("0.004");

  private final boolean isolated;

  /** Shares of the entry price; the trailing one is 0 where no stop follows. */
  private final BigDecimal margin;

  private final BigDecimal trailing;
  private final BigDecimal activation;

  private double price;

  Exits(BacktestTerms terms) {
    this.isolated = terms.isolated();
    this.margin = shareOfEntry(BigDecimal.ONE, terms);
    this.trailing = shareOfEntry(percent(terms.trailingStopPct()), terms);
    this.activation = shareOfEntry(percent(terms.trailingActivationPct()), terms);
  }

  private static BigDecimal percent(double given) {
    return BigDecimal.valueOf(given).movePointLeft(2);
  }

  private static BigDecimal shareOfEntry(BigDecimal shareOfMargin, BacktestTerms terms) {
    return shareOfMargin.divide(terms.leverage(), Position.PLACES, RoundingMode.HALF_EVEN);
  }

  /** Sets what follows from the entry price, which an addition has changed too. */
  void entered(Position position) {
    BigDecimal entry = position.entryPrice();
    if (isolated) {
      position.liquidation = away(entry, margin.subtract(MAINTENANCE), -position.side.sign());
    }
    if (trailing.signum() > 0) {
      position.trailingDistance = entry.multiply(trailing);
      position.activation = away(entry, activation, position.side.sign());
    }
    protect(position);
  }

  private static void protect(Position position) {
    int sign = position.side.sign();
    double level = position.stop;
    if (nearer(position.trailing, level, sign)) {
      level = position.trailing;
    }
    if (nearer(position.liquidation, level, sign)) {
      level = position.liquidation;
    }
    position.protection = level;
  }

  private static double away(BigDecimal entry, BigDecimal share, int sign) {
    BigDecimal distance = entry.multiply(share);
    return (sign > 0 ? entry.add(distance) : entry.subtract(distance)).doubleValue();
  }

  /** Where the last exit found is filled, before slippage. */
  double price() {
    return price;
  }

  /** Why the position ends in a bar, null when it does not. */
  @Nullable ExitReason find(Position position, long index, double open, double high, double low) {
    int sign = position.side.sign();
    double level = position.protection;
    double target = position.target;
    double worst = sign > 0 ? low : high;
    double best = sign > 0 ? high : low;
    boolean worstCounts = sign * (worst - level) <= 0;
    boolean within = index == position.entryBar && position.filledWithin;
    // most bars reach nothing, and their opens lie between
    if (!worstCounts && !(sign * (best - target) >= 0)) {
      if (!within) {
        follow(position, best, sign);
      }
      return null;
    }
    if (index != position.entryBar) {
      if (sign * (open - level) <= 0) {
        price = open;
        return reasonOf(position);
      }
      if (sign * (open - target) >= 0) {
        price = open;
        return ExitReason.TAKE_PROFIT;
      }
    }
    if (worstCounts) {
      price = level;
      return reasonOf(position);
    }
    if (within) {
      return null;
    }
    price = target;
    return ExitReason.TAKE_PROFIT;
  }

  private static ExitReason reasonOf(Position position) {
    int sign = position.side.sign();
    boolean trails = nearer(position.trailing, position.stop, sign);
    if (nearer(position.liquidation, trails ? position.trailing : position.stop, sign)) {
      return ExitReason.LIQUIDATION;
    }
    return trails ? ExitReason.TRAILING_STOP : ExitReason.STOP_LOSS;
  }

  private static boolean nearer(double level, double than, int sign) {
    return !Double.isNaN(level) && !(sign * (level - than) <= 0);
  }

  /** Moves the trailing stop, which holds from the next bar on. */
  private void follow(Position position, double best, int sign) {
    if (sign * (best - position.best) <= 0) {
      return;
    }
    position.best = best;
    if (sign * (best - position.activation) >= 0) {
      BigDecimal distance = position.trailingDistance;
      BigDecimal from = BigDecimal.valueOf(best);
      double level = (sign > 0 ? from.subtract(distance) : from.add(distance)).doubleValue();
      if (nearer(level, position.trailing, sign)) {
        position.trailing = level;
        protect(position);
      }
    }
  }
}

package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.trading.strategies.NumberParameter;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.trading.strategies.internal.StateCopy;
import io.tollgate.trading.strategies.internal.indicators.Atr;
import java.util.Set;

/**
 * Stops and targets by how far prices move: so many times the distance A = max(ATR(14), a share of
 * the close), which is that share alone while ATR has no value.
 */
final class AtrLevels {
  static final NumberParameter STOP =
      new NumberParameter(
          "sl_atr_mult",
          Set.of("atr_sl_mult"),
          2.0,
          0.01,
          100,
          "distance of the stop, in multiples of A");
  static final NumberParameter TARGET =
      new NumberParameter(
          "tp_atr_mult",
          Set.of("atr_tp_mult"),
          3.0,
          0.01,
          100,
          "distance of the target, in multiples of A");
  static final NumberParameter FLOOR =
      new NumberParameter(
          "atr_floor_pct", 0.01, 0, 0.5, "least A, as a share of the close (0.01 is 1 %)");

  private static final int PERIOD = 14;

  private final Atr atr = new Atr(PERIOD);
  private final double floor;
  private final double stopMultiple;
  private final double targetMultiple;

  AtrLevels(StrategySettings settings, double stopMultiple, double targetMultiple) {
    this.floor = settings.get(FLOOR);
    this.stopMultiple = stopMultiple;
    this.targetMultiple = targetMultiple;
  }

  AtrLevels(StrategySettings settings, NumberParameter stop, NumberParameter target) {
    this(settings, settings.get(stop), settings.get(target));
  }

  void add(double high, double low, double close) {
    atr.add(high, low, close);
  }

  /** A, at a close. */
  double distance(double close) {
    double least = floor * close;
    // false while ATR is NaN
    return atr.value() > least ? atr.value() : least;
  }

  double stop(SignalSide side, double close) {
    return close - side.sign() * (stopMultiple * distance(close));
  }

  double target(SignalSide side, double close) {
    return targetFrom(close, side, close);
  }

  /** As far from another price as the target is from the close. */
  double targetFrom(double price, SignalSide side, double close) {
    return price + side.sign() * (targetMultiple * distance(close));
  }

  void state(StateCopy copy) {
    atr.state(copy);
  }
}

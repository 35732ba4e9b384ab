package io.tollgate.trading.engine.backtest;

import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.SignalStrategy;
import io.tollgate.trading.strategies.SignalType;
import io.tollgate.trading.strategies.StrategyOutput;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A strategy that says what it was told to say, by the index of the bar. */
final class Said implements SignalStrategy {
  private final Map<Long, StrategyOutput> outputs = new HashMap<>();
  private long taken;

  Said at(long index, SignalType type, SignalSide side, double stop, double target) {
    return at(index, type, side, stop, target, Map.of());
  }

  Said at(
      long index,
      SignalType type,
      SignalSide side,
      double stop,
      double target,
      Map<String, Double> indicators) {
    outputs.put(
        index,
        new StrategyOutput(
            "BTC/USDT",
            type,
            Optional.of(side),
            OptionalDouble.empty(),
            level(stop),
            level(target),
            OptionalDouble.of(80),
            "told",
            indicators));
    return this;
  }

  /** A limit order that waits for so many bars. */
  Said limit(long index, SignalSide side, double price, double target, double bars) {
    outputs.put(
        index,
        new StrategyOutput(
            "BTC/USDT",
            SignalType.OPEN,
            Optional.of(side),
            level(price),
            OptionalDouble.empty(),
            level(target),
            OptionalDouble.of(80),
            "told",
            Map.of(StrategyOutput.RETEST_BARS, bars)));
    return this;
  }

  private static OptionalDouble level(double price) {
    return Double.isNaN(price) ? OptionalDouble.empty() : OptionalDouble.of(price);
  }

  @Override
  public Optional<StrategyOutput> onBar(
      long openTime, double open, double high, double low, double close, double volume) {
    return Optional.ofNullable(outputs.get(taken++));
  }

  @Override
  public int bars() {
    return 1;
  }

  @Override
  public long taken() {
    return taken;
  }

  @Override
  public long passedOver() {
    return 0;
  }

  @Override
  public byte[] save() {
    return new byte[0];
  }

  @Override
  public void restore(byte[] saved) {
    throw new IllegalArgumentException("nothing is saved");
  }
}

package io.tollgate.trading.strategies.internal;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.Bar;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.SignalStrategy;
import io.tollgate.trading.strategies.SignalType;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategyOutput;
import io.tollgate.trading.strategies.StrategySettings;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The frame of every strategy: which bars it takes, when it may speak, and how its state is kept.
 */
public abstract class BarFold implements SignalStrategy {
  private static final String STATE_VERSION = "1";

  private final String symbol;
  private final String identity;
  private final int bars;
  private long taken;
  private long passedOver;
  private long lastOpenTime = Long.MIN_VALUE;

  /**
   * @param bars that must have closed before it speaks
   */
  protected BarFold(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings, int bars) {
    this.symbol = requireNonNull(symbol, "symbol is null");
    this.identity =
        STATE_VERSION + " " + kind.code() + " " + timeframe.code() + " " + settings.values();
    this.bars = bars;
  }

  @Override
  public final Optional<StrategyOutput> onBar(
      long openTime, double open, double high, double low, double close, double volume) {
    if (openTime <= lastOpenTime || !Bar.sound(open, high, low, close, volume)) {
      passedOver++;
      return Optional.empty();
    }
    lastOpenTime = openTime;
    taken++;
    return take(openTime, open, high, low, close, volume);
  }

  /** Takes a bar that is sound and later than the one before. */
  protected abstract Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume);

  /** Names each part of the state. */
  protected abstract void state(StateCopy copy);

  /** Whether the bar at hand comes too early for an output. */
  protected final boolean silent() {
    return taken < bars;
  }

  @Override
  public final int bars() {
    return bars;
  }

  @Override
  public final long taken() {
    return taken;
  }

  @Override
  public final long passedOver() {
    return passedOver;
  }

  @Override
  public final byte[] save() {
    StateCopy copy = StateCopy.out();
    whole(copy);
    return copy.saved();
  }

  @Override
  public final void restore(byte[] saved) {
    StateCopy copy = StateCopy.in(saved);
    whole(copy);
    copy.end();
  }

  /** The state of a strategy that is part of this one. */
  protected static void nested(SignalStrategy part, StateCopy copy) {
    switch (part) {
      case BarFold fold -> fold.whole(copy);
      default -> throw new IllegalArgumentException("not of this house: " + part.getClass());
    }
  }

  private void whole(StateCopy copy) {
    copy.same(identity);
    taken = copy.whole(taken);
    passedOver = copy.whole(passedOver);
    lastOpenTime = copy.whole(lastOpenTime);
    state(copy);
  }

  /** An output without a stop or target of its own where that is NaN. */
  protected final Optional<StrategyOutput> say(
      SignalType type,
      Optional<SignalSide> side,
      double entry,
      double stop,
      double target,
      double confidence,
      String reason,
      Seen seen) {
    return Optional.of(
        new StrategyOutput(
            symbol,
            type,
            side,
            level(entry),
            level(stop),
            level(target),
            Double.isNaN(confidence)
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.clamp(confidence, 0, 100)),
            reason,
            seen.numbers()));
  }

  /** A new position at the bar's close. */
  protected final Optional<StrategyOutput> open(
      SignalSide side,
      double close,
      double stop,
      double target,
      double confidence,
      String reason,
      Seen seen) {
    return say(SignalType.OPEN, Optional.of(side), close, stop, target, confidence, reason, seen);
  }

  /** The end of what was opened on a side, at the bar's close. */
  protected final Optional<StrategyOutput> close(
      SignalSide opened, double close, double confidence, String reason, Seen seen) {
    return say(
        SignalType.CLOSE,
        Optional.of(opened.opposite()),
        close,
        Double.NaN,
        Double.NaN,
        confidence,
        reason,
        seen);
  }

  private static OptionalDouble level(double price) {
    return price > 0 && price < Double.POSITIVE_INFINITY
        ? OptionalDouble.of(price)
        : OptionalDouble.empty();
  }
}

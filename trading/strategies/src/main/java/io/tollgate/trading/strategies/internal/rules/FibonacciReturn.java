package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.NumberParameter;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategyOutput;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.trading.strategies.internal.BarFold;
import io.tollgate.trading.strategies.internal.Seen;
import io.tollgate.trading.strategies.internal.StateCopy;
import java.util.List;
import java.util.Optional;

/** Buys when an impulse has come back by a share of itself and the bar turns. */
public final class FibonacciReturn extends BarFold {
  private static final NumberParameter LEVEL =
      new NumberParameter(
          "fibo_level", 0.618, 0.05, 0.95, "share of the impulse by which it must come back");

  public static final StrategyKind KIND =
      StrategyKind.of(
          "smc_fibo",
          "Fibonacci return",
          "Buys when a rise beyond the last high has come back by a share of itself and turns.",
          List.of(Retracement.LEAST_REWARD, LEVEL, Swings.LEFT, Swings.RIGHT, Retracement.RETEST),
          FibonacciReturn::new);

  private final double level;
  private final double leastReward;
  private final int retest;
  private final Swings swings;
  private int direction;
  private int left;

  private FibonacciReturn(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, Swings.bars(settings));
    this.level = settings.get(LEVEL);
    this.leastReward = settings.get(Retracement.LEAST_REWARD);
    this.retest = settings.get(Retracement.RETEST);
    this.swings = new Swings(settings);
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    int waiting = direction;
    Optional<StrategyOutput> said =
        waiting == 0 ? Optional.empty() : awaited(open, high, low, close);
    int impulse = swings.add(high, low);
    if (impulse != 0) {
      direction = impulse;
      left = retest;
    }
    return said;
  }

  /** Between two calls the last impulse is the one that is waited for. */
  private Optional<StrategyOutput> awaited(double open, double high, double low, double close) {
    SignalSide side = direction > 0 ? SignalSide.BUY : SignalSide.SELL;
    int sign = side.sign();
    Retracement retracement = new Retracement(swings.from(), swings.to());
    double entry = retracement.level(level);
    left--;
    boolean failed = sign * (close - swings.from()) < 0;
    boolean reached = sign * ((direction > 0 ? low : high) - entry) <= 0;
    boolean turned = sign * (close - entry) > 0 && sign * (close - open) > 0;
    boolean said =
        !silent() && !failed && reached && turned && retracement.reward(close) >= leastReward;
    if (failed || said || left == 0) {
      direction = 0;
    }
    return said
        ? open(
            side,
            close,
            retracement.stop(),
            retracement.target(),
            70,
            "the impulse came back and turned",
            Seen.of("impulse_from", swings.from())
                .and("impulse_to", swings.to())
                .and("level", entry))
        : Optional.empty();
  }

  @Override
  protected void state(StateCopy copy) {
    swings.state(copy);
    direction = copy.within(direction, -1, 1);
    left = copy.within(left, 0, retest);
  }
}

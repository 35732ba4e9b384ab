package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.NumberListParameter;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategyOutput;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.trading.strategies.internal.BarFold;
import io.tollgate.trading.strategies.internal.Seen;
import io.tollgate.trading.strategies.internal.StateCopy;
import java.util.List;
import java.util.Optional;

/** Leaves a limit order at the first level of an impulse that pays enough. */
public final class FibonacciLimit extends BarFold {
  private static final NumberListParameter LEVELS =
      new NumberListParameter(
          "fibo_levels",
          List.of(0.5, 0.618, 0.705),
          0.05,
          0.95,
          1,
          10,
          "shares of the impulse, of which the first that pays enough is taken");

  public static final StrategyKind KIND =
      StrategyKind.of(
          "smc_fibo_flex",
          "Fibonacci limit orders",
          "Leaves a limit order where a rise beyond the last high has come back by a share of itself.",
          List.of(Retracement.LEAST_REWARD, LEVELS, Swings.LEFT, Swings.RIGHT, Retracement.RETEST),
          FibonacciLimit::new);

  private final double[] shares;
  private final double leastReward;
  private final int retest;
  private final Swings swings;

  private FibonacciLimit(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, Swings.bars(settings));
    this.shares = settings.get(LEVELS).stream().mapToDouble(share -> share).toArray();
    this.leastReward = settings.get(Retracement.LEAST_REWARD);
    this.retest = settings.get(Retracement.RETEST);
    this.swings = new Swings(settings);
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    int impulse = swings.add(high, low);
    if (silent() || impulse == 0) {
      return Optional.empty();
    }
    SignalSide side = impulse > 0 ? SignalSide.BUY : SignalSide.SELL;
    Retracement retracement = new Retracement(swings.from(), swings.to());
    for (double share : shares) {
      double entry = retracement.level(share);
      if (side.sign() * (close - entry) > 0 && retracement.reward(entry) >= leastReward) {
        return limit(side, entry, retracement);
      }
    }
    return Optional.empty();
  }

  private Optional<StrategyOutput> limit(SignalSide side, double entry, Retracement retracement) {
    return open(
        side,
        entry,
        retracement.stop(),
        retracement.target(),
        70,
        "an impulse went beyond the last swing; its way back is waited for",
        Seen.of(StrategyOutput.RETEST_BARS, retest)
            .and("impulse_from", retracement.from())
            .and("impulse_to", retracement.to()));
  }

  @Override
  protected void state(StateCopy copy) {
    swings.state(copy);
  }
}

package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.NumberParameter;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategyOutput;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.trading.strategies.WholeParameter;
import io.tollgate.trading.strategies.internal.BarFold;
import io.tollgate.trading.strategies.internal.Seen;
import io.tollgate.trading.strategies.internal.StateCopy;
import io.tollgate.trading.strategies.internal.indicators.Supertrend;
import java.util.List;
import java.util.Optional;

/** Buys when the supertrend turns up. */
public final class SupertrendTurn extends BarFold {
  private static final double TARGET_ATRS = 4;
  private static final WholeParameter PERIOD =
      new WholeParameter("period", 10, 1, 1_000, "bars of the ATR");
  private static final NumberParameter MULTIPLIER =
      new NumberParameter("multiplier", 3, 0.01, 50, "distance of the line in ATRs");

  public static final StrategyKind KIND =
      StrategyKind.of(
          "supertrend",
          "Supertrend",
          "Buys when the trend turns up.",
          List.of(PERIOD, MULTIPLIER),
          SupertrendTurn::new);

  private final Supertrend trend;

  private SupertrendTurn(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, settings.get(PERIOD) + 2);
    this.trend = new Supertrend(settings.get(PERIOD), settings.get(MULTIPLIER));
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    int turn = trend.add(high, low, close);
    if (silent() || turn == 0) {
      return Optional.empty();
    }
    SignalSide side = turn > 0 ? SignalSide.BUY : SignalSide.SELL;
    return open(
        side,
        close,
        trend.line(),
        close + side.sign() * (TARGET_ATRS * trend.atr()),
        80,
        turn > 0 ? "the trend turned up" : "the trend turned down",
        Seen.of("supertrend", trend.line()).and("atr", trend.atr()));
  }

  @Override
  protected void state(StateCopy copy) {
    trend.state(copy);
  }
}

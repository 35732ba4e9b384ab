package io.tollgate.trading.strategies.internal.rules;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.StrategyKind;
import io.tollgate.trading.strategies.StrategyOutput;
import io.tollgate.trading.strategies.StrategySettings;
import io.tollgate.trading.strategies.WholeParameter;
import io.tollgate.trading.strategies.internal.BarFold;
import io.tollgate.trading.strategies.internal.Seen;
import io.tollgate.trading.strategies.internal.StateCopy;
import io.tollgate.trading.strategies.internal.indicators.Extreme;
import java.util.List;
import java.util.Optional;

/** Buys when the close is above the highest high of the bars before. */
public final class DonchianBreakout extends BarFold {
  private static final WholeParameter LOOKBACK =
      new WholeParameter("lookback", 20, 1, 2_000, "bars whose extremes count");

  public static final StrategyKind KIND =
      StrategyKind.of(
          "breakout",
          "Breakout",
          "Buys when the close is above the highest high of the bars before.",
          List.of(LOOKBACK),
          DonchianBreakout::new);

  private final Extreme highs;
  private final Extreme lows;

  private DonchianBreakout(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, settings.get(LOOKBACK) + 1);
    this.highs = Extreme.highest(settings.get(LOOKBACK));
    this.lows = Extreme.lowest(settings.get(LOOKBACK));
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    double highest = highs.value();
    double lowest = lows.value();
    highs.add(high);
    lows.add(low);
    if (silent()) {
      return Optional.empty();
    }
    if (close > highest) {
      return said(SignalSide.BUY, close, highest, lowest, highest);
    }
    if (close < lowest) {
      return said(SignalSide.SELL, close, highest, lowest, lowest);
    }
    return Optional.empty();
  }

  private Optional<StrategyOutput> said(
      SignalSide side, double close, double highest, double lowest, double broken) {
    return open(
        side,
        close,
        broken,
        close + (close - broken),
        80,
        side == SignalSide.BUY
            ? "the close is above the highest high before"
            : "the close is below the lowest low before",
        Seen.of("donchian_high", highest).and("donchian_low", lowest));
  }

  @Override
  protected void state(StateCopy copy) {
    highs.state(copy);
    lows.state(copy);
  }
}

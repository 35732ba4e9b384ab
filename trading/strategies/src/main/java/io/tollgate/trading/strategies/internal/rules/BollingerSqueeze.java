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
import io.tollgate.trading.strategies.internal.indicators.Bollinger;
import java.util.List;
import java.util.Optional;

/** Buys when Bollinger's bands are close together and the close is above their middle. */
public final class BollingerSqueeze extends BarFold {
  private static final NumberParameter SQUEEZE =
      new NumberParameter(
          "squeeze_threshold",
          2,
          0,
          100,
          "width of the bands, in percent of the middle, below which they are close");
  private static final NumberParameter STOP = AtrLevels.STOP.withUsual(1.5);

  public static final StrategyKind KIND =
      StrategyKind.of(
          "boll_squeeze",
          "Band squeeze",
          "Buys when the bands are close together and the close is above their middle.",
          List.of(
              SQUEEZE,
              Oscillator.BOLL_PERIOD,
              Oscillator.BOLL_STD,
              STOP,
              AtrLevels.TARGET,
              AtrLevels.FLOOR),
          BollingerSqueeze::new);

  private final Bollinger bands;
  private final double squeeze;
  private final AtrLevels levels;

  private BollingerSqueeze(
      StrategyKind kind, String symbol, Timeframe timeframe, StrategySettings settings) {
    super(kind, symbol, timeframe, settings, settings.get(Oscillator.BOLL_PERIOD));
    this.bands =
        new Bollinger(settings.get(Oscillator.BOLL_PERIOD), settings.get(Oscillator.BOLL_STD));
    this.squeeze = settings.get(SQUEEZE);
    this.levels = new AtrLevels(settings, STOP, AtrLevels.TARGET);
  }

  @Override
  protected Optional<StrategyOutput> take(
      long openTime, double open, double high, double low, double close, double volume) {
    bands.add(close);
    levels.add(high, low, close);
    if (silent() || !(bands.width() < squeeze)) {
      return Optional.empty();
    }
    if (close > bands.middle()) {
      return said(SignalSide.BUY, close, bands.upper());
    }
    if (close < bands.middle()) {
      return said(SignalSide.SELL, close, bands.lower());
    }
    return Optional.empty();
  }

  private Optional<StrategyOutput> said(SignalSide side, double close, double band) {
    return open(
        side,
        close,
        bands.middle(),
        levels.targetFrom(band, side, close),
        70,
        "the bands are close together",
        Seen.of("boll_width", bands.width())
            .and("boll_middle", bands.middle())
            .and("atr", levels.distance(close)));
  }

  @Override
  protected void state(StateCopy copy) {
    bands.state(copy);
    levels.state(copy);
  }
}

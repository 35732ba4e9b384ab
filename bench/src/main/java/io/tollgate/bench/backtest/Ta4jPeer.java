package io.tollgate.bench.backtest;

import io.tollgate.trading.engine.candles.BarFeed;
import io.tollgate.trading.engine.candles.CandleSeries;
import java.time.Duration;
import java.time.Instant;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Strategy;
import org.ta4j.core.backtest.BarSeriesManager;
import org.ta4j.core.indicators.averages.SMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.rules.CrossedDownIndicatorRule;
import org.ta4j.core.rules.CrossedUpIndicatorRule;

/** ta4j on doubles: buys when the averages cross, sells when they cross back; without stops. */
final class Ta4jPeer {
  private final BarSeries series;

  Ta4jPeer(CandleSeries candles) {
    series =
        new BaseBarSeriesBuilder()
            .withName("made")
            .withNumFactory(DoubleNumFactory.getInstance())
            .build();
    BarFeed bars = candles.feed();
    while (bars.next()) {
      series
          .barBuilder()
          .timePeriod(Duration.ofMinutes(1))
          .endTime(Instant.ofEpochMilli(bars.openTime() + MadeBars.MINUTE_MS))
          .openPrice(bars.open())
          .highPrice(bars.high())
          .lowPrice(bars.low())
          .closePrice(bars.close())
          .volume(bars.volume())
          .add();
    }
  }

  long run() {
    ClosePriceIndicator close = new ClosePriceIndicator(series);
    SMAIndicator fast = new SMAIndicator(close, 5);
    SMAIndicator slow = new SMAIndicator(close, 20);
    Strategy strategy =
        new BaseStrategy(
            new CrossedUpIndicatorRule(fast, slow), new CrossedDownIndicatorRule(fast, slow));
    return new BarSeriesManager(series).run(strategy).getPositionCount();
  }
}

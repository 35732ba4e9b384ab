package io.tollgate.bench.backtest;

import io.tollgate.trading.engine.candles.BarFeed;
import io.tollgate.trading.engine.candles.CandleSeries;
import java.time.Duration;
import java.time.Instant;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.BaseStrategy;
import org.ta4j.core.Strategy;
import org.ta4j.core.TradingRecord;
import org.ta4j.core.analysis.cost.LinearTransactionCostModel;
import org.ta4j.core.analysis.cost.ZeroCostModel;
import org.ta4j.core.backtest.BarSeriesManager;
import org.ta4j.core.criteria.MaximumDrawdownCriterion;
import org.ta4j.core.criteria.pnl.ProfitLossCriterion;
import org.ta4j.core.indicators.averages.SMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.rules.CrossedDownIndicatorRule;
import org.ta4j.core.rules.CrossedUpIndicatorRule;
import org.ta4j.core.rules.StopGainRule;
import org.ta4j.core.rules.StopLossRule;

/** ta4j on doubles, from bars that are there already. */
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

  /**
   * What ours does, as far as ta4j has it: stop and target as far away, fees, profit and drawdown.
   * It enters on one side only, and looks at closes where ours looks at highs and lows.
   */
  long whole() {
    ClosePriceIndicator close = new ClosePriceIndicator(series);
    Strategy strategy =
        new BaseStrategy(
            new CrossedUpIndicatorRule(new SMAIndicator(close, 5), new SMAIndicator(close, 20)),
            new StopLossRule(close, 2).or(new StopGainRule(close, 4)));
    TradingRecord record =
        new BarSeriesManager(series, new LinearTransactionCostModel(0.001), new ZeroCostModel())
            .run(strategy);
    if (new ProfitLossCriterion().calculate(series, record).isNaN()
        || new MaximumDrawdownCriterion().calculate(series, record).isNaN()) {
      throw new IllegalStateException("no figures of ta4j");
    }
    return record.getPositionCount();
  }

  /** Buys when the averages cross, sells when they cross back, and adds nothing up. */
  long crosses() {
    ClosePriceIndicator close = new ClosePriceIndicator(series);
    SMAIndicator fast = new SMAIndicator(close, 5);
    SMAIndicator slow = new SMAIndicator(close, 20);
    Strategy strategy =
        new BaseStrategy(
            new CrossedUpIndicatorRule(fast, slow), new CrossedDownIndicatorRule(fast, slow));
    return new BarSeriesManager(series).run(strategy).getPositionCount();
  }
}

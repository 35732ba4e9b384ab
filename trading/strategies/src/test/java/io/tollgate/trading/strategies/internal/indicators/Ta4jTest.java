package io.tollgate.trading.strategies.internal.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.Bar;
import io.tollgate.trading.strategies.RandomBars;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.ROCIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.adx.ADXIndicator;
import org.ta4j.core.indicators.averages.EMAIndicator;
import org.ta4j.core.indicators.averages.MMAIndicator;
import org.ta4j.core.indicators.averages.SMAIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsLowerIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsMiddleIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsUpperIndicator;
import org.ta4j.core.indicators.donchian.DonchianChannelLowerIndicator;
import org.ta4j.core.indicators.donchian.DonchianChannelUpperIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.keltner.KeltnerChannelMiddleIndicator;
import org.ta4j.core.indicators.keltner.KeltnerChannelUpperIndicator;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;
import org.ta4j.core.indicators.supertrend.SuperTrendIndicator;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.Num;

/**
 * Our indicators beside those of ta4j 0.18. It seeds its smoothed means with the first value, ours
 * with the mean of the first n; what is left of that after 20·n bars is below 10⁻⁶. It takes less
 * than 10⁻⁵ for 0, so that its ADX of very few bars is another where prices stand still for long.
 */
class Ta4jTest {
  private static final int LENGTH = 1_500;
  private static final double TOLERANCE = 1e-6;

  private final List<Bar> bars =
      RandomBars.series(new SplittableRandom(11), Timeframe.ONE_HOUR, LENGTH);
  private final BarSeries theirs = series(bars);
  private final Indicator<Num> closes = new ClosePriceIndicator(theirs);

  private static BarSeries series(List<Bar> bars) {
    BarSeries series =
        new BaseBarSeriesBuilder().withNumFactory(DoubleNumFactory.getInstance()).build();
    for (Bar bar : bars) {
      series
          .barBuilder()
          .timePeriod(Duration.ofHours(1))
          .endTime(Instant.ofEpochMilli(bar.openTime()).plus(Duration.ofHours(1)))
          .openPrice(bar.open())
          .highPrice(bar.high())
          .lowPrice(bar.low())
          .closePrice(bar.close())
          .volume(bar.volume())
          .add();
    }
    return series;
  }

  private void same(String name, int from, ToDoubleFunction<Bar> ours, Indicator<Num> other) {
    double most = bars.stream().mapToDouble(Bar::close).max().orElseThrow();
    boolean price = !Stream.of("rsi", "adx", "roc").toList().contains(name);
    for (int i = 0; i < bars.size(); i++) {
      double value = ours.applyAsDouble(bars.get(i));
      if (i >= from) {
        double expected = other.getValue(i).doubleValue();
        // differences of prices are held to the size of the prices
        double scale = price ? most : 100;
        assertThat(value).as("%s at %d", name, i).isCloseTo(expected, within(scale * TOLERANCE));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 20, 55})
  void means_are_theirs(int n) {
    Sma sma = new Sma(n);
    same("sma", n - 1, bar -> sma.add(bar.close()), new SMAIndicator(closes, n));
    Ema ema = new Ema(n);
    same("ema", 20 * n, bar -> ema.add(bar.close()), new EMAIndicator(closes, n));
    Rma rma = new Rma(n);
    same("rma", 20 * n, bar -> rma.add(bar.close()), new MMAIndicator(closes, n));
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 7, 14, 30})
  void ranges_and_strengths_are_theirs(int n) {
    Atr atr = new Atr(n);
    same(
        "atr",
        20 * n,
        bar -> atr.add(bar.high(), bar.low(), bar.close()),
        new ATRIndicator(theirs, n));
    Rsi rsi = new Rsi(n);
    same("rsi", 20 * n, bar -> rsi.add(bar.close()), new RSIIndicator(closes, n));
    Adx adx = new Adx(n);
    same(
        "adx",
        40 * n,
        bar -> adx.add(bar.high(), bar.low(), bar.close()),
        new ADXIndicator(theirs, n));
    Roc roc = new Roc(n);
    same("roc", n, bar -> roc.add(bar.close()), new ROCIndicator(closes, n));
  }

  @Test
  void the_macd_is_theirs() {
    Macd macd = new Macd(12, 26, 9);
    MACDIndicator other = new MACDIndicator(closes, 12, 26);
    same("histogram", 20 * 26, bar -> macd.add(bar.close()), other.getHistogram(9));
    Macd again = new Macd(12, 26, 9);
    same(
        "signal",
        20 * 26,
        bar -> {
          again.add(bar.close());
          return again.signal();
        },
        other.getSignalLine(9));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 20, 50})
  void bands_are_theirs(int n) {
    BollingerBandsMiddleIndicator middle =
        new BollingerBandsMiddleIndicator(new SMAIndicator(closes, n));
    StandardDeviationIndicator deviation = new StandardDeviationIndicator(closes, n);
    Num two = DoubleNumFactory.getInstance().two();
    Bollinger above = new Bollinger(n, 2);
    same(
        "upper",
        n - 1,
        bar -> {
          above.add(bar.close());
          return above.upper();
        },
        new BollingerBandsUpperIndicator(middle, deviation, two));
    Bollinger below = new Bollinger(n, 2);
    same(
        "lower",
        n - 1,
        bar -> {
          below.add(bar.close());
          return below.lower();
        },
        new BollingerBandsLowerIndicator(middle, deviation, two));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 55})
  void channels_are_theirs(int n) {
    Extreme highest = Extreme.highest(n);
    same(
        "donchian high",
        n - 1,
        bar -> highest.add(bar.high()),
        new DonchianChannelUpperIndicator(theirs, n));
    Extreme lowest = Extreme.lowest(n);
    same(
        "donchian low",
        n - 1,
        bar -> lowest.add(bar.low()),
        new DonchianChannelLowerIndicator(theirs, n));
    Keltner keltner = new Keltner(n, 10, 2);
    same(
        "keltner upper",
        Math.max(20 * n, 200),
        bar -> {
          keltner.add(bar.high(), bar.low(), bar.close());
          return keltner.upper();
        },
        new KeltnerChannelUpperIndicator(new KeltnerChannelMiddleIndicator(closes, n), 2, 10));
  }

  @Test
  void the_supertrend_is_theirs() {
    Supertrend trend = new Supertrend(10, 3);
    same(
        "supertrend",
        600,
        bar -> {
          trend.add(bar.high(), bar.low(), bar.close());
          return trend.line();
        },
        new SuperTrendIndicator(theirs, 10, 3.0));
  }
}

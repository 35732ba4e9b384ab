package io.tollgate.trading.strategies.internal.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.Bar;
import io.tollgate.trading.strategies.RandomBars;
import io.tollgate.trading.strategies.naive.Formulas;
import io.tollgate.trading.strategies.naive.Series;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Bit for bit what the formulas give over whole series. */
class IndicatorsTest {
  private static final int ROUNDS = 40;
  private static final int LENGTH = 150;

  private static void same(
      String name,
      IntFunction<ToDoubleFunction<Bar>> ours,
      BiFunction<Series, Integer, double[]> formula) {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < ROUNDS; round++) {
      List<Bar> bars = RandomBars.series(random, Timeframe.ONE_MINUTE, LENGTH);
      int n = random.nextInt(2, 40);
      ToDoubleFunction<Bar> fold = ours.apply(n);
      assertThat(bars.stream().mapToDouble(fold).toArray())
          .as("%s(%d), round %d", name, n, round)
          .isEqualTo(formula.apply(Series.of(bars), n));
    }
  }

  @Test
  void each_is_its_formula() {
    same("sma", n -> closes(new Sma(n)::add), (s, n) -> Formulas.sma(s.close(), n));
    same("ema", n -> closes(new Ema(n)::add), (s, n) -> Formulas.ema(s.close(), n));
    same("rma", n -> closes(new Rma(n)::add), (s, n) -> Formulas.rma(s.close(), n));
    same("rsi", n -> closes(new Rsi(n)::add), (s, n) -> Formulas.rsi(s.close(), n));
    same("roc", n -> closes(new Roc(n)::add), (s, n) -> Formulas.roc(s.close(), n));
    same("z", n -> closes(new ZScore(n)::add), (s, n) -> Formulas.zScore(s.close(), n));
    same(
        "macd",
        n -> closes(new Macd(n, n + 5, 3)::add),
        (s, n) -> Formulas.histogram(s.close(), n, n + 5, 3));
    same(
        "atr",
        n -> {
          Atr atr = new Atr(n);
          return bar -> atr.add(bar.high(), bar.low(), bar.close());
        },
        Formulas::atr);
    same(
        "adx",
        n -> {
          Adx adx = new Adx(n);
          return bar -> adx.add(bar.high(), bar.low(), bar.close());
        },
        Formulas::adx);
    same(
        "supertrend",
        n -> {
          Supertrend trend = new Supertrend(n, 1.5);
          return bar -> {
            trend.add(bar.high(), bar.low(), bar.close());
            return trend.line();
          };
        },
        (s, n) -> Formulas.supertrend(s, n, 1.5).line());
    same(
        "highest before",
        n -> {
          Extreme highest = Extreme.highest(n);
          return bar -> {
            double before = highest.value();
            highest.add(bar.high());
            return before;
          };
        },
        (s, n) -> Formulas.highestBefore(s.high(), n));
  }

  private static ToDoubleFunction<Bar> closes(DoubleUnaryOperator fold) {
    return bar -> fold.applyAsDouble(bar.close());
  }

  @Test
  void a_mean_is_exact_whatever_has_been_in_the_window() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 50; round++) {
      int n = random.nextInt(1, 30);
      Sma sma = new Sma(n);
      // from 10^-15 to 10^15 in one window, of which no two doubles hold the sum
      double[] wild =
          random
              .doubles(120)
              .map(unit -> Math.pow(10, 30 * unit - 15))
              .map(x -> random.nextInt(5) == 0 ? Bar.PRICE_MAX : x)
              .toArray();
      double[] means = Arrays.stream(wild).map(sma::add).toArray();
      assertThat(means).as("means of %d", n).isEqualTo(Formulas.sma(wild, n));
    }
  }

  @Test
  void a_million_bars_leave_nothing_behind_in_a_mean() {
    SplittableRandom random = new SplittableRandom(5);
    Sma sma = new Sma(20);
    double[] last = new double[20];
    double price = 50_000;
    for (int i = 0; i < 1_000_000; i++) {
      price = Math.clamp(price * Math.exp(0.01 * random.nextGaussian()), 1e-3, 1e9);
      sma.add(price);
      last[i % 20] = price;
    }

    assertThat(sma.value()).isEqualTo(Formulas.mean(last, 0, 19));
  }

  @Test
  void equal_numbers_have_themselves_as_their_mean() {
    SplittableRandom random = new SplittableRandom(9);
    for (int n = 1; n < 300; n++) {
      double x = random.nextDouble() * 1e5;
      Sma sma = new Sma(n);
      Bollinger bands = new Bollinger(Math.max(2, n), 2);
      ZScore score = new ZScore(Math.max(2, n));
      for (int i = 0; i < n + 3; i++) {
        sma.add(x);
        bands.add(x);
        score.add(x);
      }
      assertThat(sma.value()).isEqualTo(x);
      assertThat(bands.upper()).isEqualTo(x);
      assertThat(bands.width()).isZero();
      assertThat(score.value()).isZero();
    }
  }
}

package io.tollgate.trading.engine.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.engine.candles.BarList;
import io.tollgate.trading.strategies.Bar;
import io.tollgate.trading.strategies.SignalStrategy;
import io.tollgate.trading.strategies.StrategyCatalogue;
import io.tollgate.trading.strategies.StrategyKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class BacktestOnRandomBarsTest {
  private static final int RUNS = 60;
  private static final int BARS = 600;
  private static final long HOUR = 3_600_000L;

  @Test
  void profits_are_what_the_balance_has_gained_and_a_cut_changes_nothing_before_it() {
    int trades = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
      StrategyKind kind =
          StrategyCatalogue.all().get(random.nextInt(StrategyCatalogue.all().size()));
      BacktestTerms terms = terms(random);
      List<Bar> bars = bars(random);
      int cut = random.nextInt(BARS / 2, BARS);
      Witness whole = new Witness();
      Witness before = new Witness();
      BacktestOutcome outcome = run(kind, bars, terms, whole);
      run(kind, bars.subList(0, cut), terms, before);

      BigDecimal pnl =
          whole.trades.stream().map(BacktestTrade::pnl).reduce(BigDecimal.ZERO, BigDecimal::add);
      String what = "seed " + seed + ", " + kind.code();
      assertThat(outcome.finalBalance().subtract(outcome.initialBalance()))
          .as(what)
          .isEqualByComparingTo(pnl);
      assertThat(before.trades.stream().filter(BacktestOnRandomBarsTest::ended).toList())
          .as(what)
          .isEqualTo(
              whole.trades.subList(
                  0, (int) before.trades.stream().filter(BacktestOnRandomBarsTest::ended).count()));
      assertThat(before.equity).as(what).isEqualTo(whole.equity.subList(0, cut));
      trades += whole.trades.size();
    }
    assertThat(trades).isGreaterThan(RUNS);
  }

  private static boolean ended(BacktestTrade trade) {
    return trade.exitReason() != ExitReason.END;
  }

  private static BacktestOutcome run(
      StrategyKind kind, List<Bar> bars, BacktestTerms terms, Witness witness) {
    SignalStrategy strategy = kind.start("BTC/USDT", Timeframe.ONE_HOUR, kind.settings(Map.of()));
    return Backtest.run(strategy, Timeframe.ONE_HOUR, new BarList(bars), terms, witness);
  }

  private static BacktestTerms terms(RandomGenerator random) {
    Terms terms = new Terms();
    boolean byRisk = random.nextBoolean();
    terms.amount = byRisk ? "0" : "1234.5";
    terms.risk = byRisk ? "77" : "0";
    terms.slippage = random.nextBoolean() ? "0" : "0.03";
    terms.rate = random.nextBoolean() ? "0" : "-0.00013";
    terms.leverage = random.nextBoolean() ? "1" : "7";
    terms.delay = random.nextInt(3);
    terms.isolated = random.nextBoolean();
    terms.trailing = random.nextBoolean() ? 0 : 3;
    terms.activation = random.nextInt(3);
    terms.onOpposite = OnOpposite.values()[random.nextInt(3)];
    return terms.made();
  }

  private static List<Bar> bars(RandomGenerator random) {
    List<Bar> bars = new ArrayList<>();
    double last = 100;
    for (int i = 0; i < BARS; i++) {
      double open = cents(last * Math.exp(random.nextGaussian() * 0.002));
      double close = cents(open * Math.exp(random.nextGaussian() * 0.015));
      double high = cents(Math.max(open, close) * (1 + random.nextDouble() * 0.01) + 0.01);
      double low = cents(Math.min(open, close) * (1 - random.nextDouble() * 0.01) - 0.01);
      bars.add(new Bar(i * HOUR, open, high, low, close, 1 + random.nextDouble() * 100));
      last = close;
    }
    return bars;
  }

  private static double cents(double price) {
    return Math.round(price * 100) / 100.0;
  }
}

package io.tollgate.trading.engine.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.engine.candles.BarList;
import io.tollgate.trading.strategies.Bar;
import io.tollgate.trading.strategies.SignalSide;
import io.tollgate.trading.strategies.SignalType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whatever a strategy says, the engine and the rules written down a second time agree. */
class BacktestTwinTest {
  /** More with {@code -Dbacktest.twin.runs=100000}. */
  private static final int RUNS = Integer.getInteger("backtest.twin.runs", 600);

  private static final int BARS = 120;
  private static final long HOUR = 3_600_000L;

  @Test
  void trades_and_what_is_dropped_are_the_twins_to_the_last_digit() {
    int trades = 0;
    Map<String, Integer> reasons = new HashMap<>();
    Map<DropReason, Integer> drops = new HashMap<>();
    for (int seed = 0; seed < RUNS; seed++) {
      BacktestTerms terms = terms(random(seed));
      List<Bar> bars = bars(random(seed + 1_000_000L));
      Witness witness = new Witness();
      BacktestOutcome outcome =
          Backtest.run(
              said(random(-1L - seed), bars),
              Timeframe.ONE_HOUR,
              new BarList(bars),
              terms,
              witness);
      NaiveBacktest twin = new NaiveBacktest(terms, HOUR);
      twin.run(said(random(-1L - seed), bars), bars);
      String what = "seed " + seed + ", " + terms;
      assertThat(witness.trades.stream().map(BacktestTwinTest::line).toList())
          .as(what)
          .isEqualTo(twin.trades);
      assertThat(witness.dropped).as(what).isEqualTo(twin.dropped);
      assertThat(outcome.finalBalance()).as(what).isEqualByComparingTo(twin.balance);
      trades += twin.trades.size();
      witness.trades.forEach(each -> reasons.merge(each.exitReason().name(), 1, Integer::sum));
      twin.dropped.forEach(each -> drops.merge(each, 1, Integer::sum));
    }
    assertThat(trades).isGreaterThan(5 * RUNS);
    assertThat(reasons.keySet())
        .containsExactlyInAnyOrderElementsOf(
            List.of(ExitReason.values()).stream().map(Enum::name).collect(Collectors.toSet()));
    assertThat(drops.keySet()).containsExactlyInAnyOrder(DropReason.values());
  }

  private static String line(BacktestTrade trade) {
    return TradeLine.of(
        trade.side(),
        trade.entryPrice(),
        trade.entryTime(),
        trade.exitPrice(),
        trade.exitTime(),
        trade.quantity(),
        trade.exitReason().name(),
        trade.fees(),
        trade.pnl());
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static BacktestTerms terms(RandomGenerator random) {
    Terms terms = new Terms();
    int sizing = random.nextInt(4);
    terms.amount = List.of("0", "0", "1234.5", "60000").get(sizing);
    terms.risk = sizing == 1 ? "77" : "0";
    terms.slippage = random.nextBoolean() ? "0" : "0.03";
    terms.rate = random.nextBoolean() ? "0" : "-0.00013";
    terms.leverage = List.of("1", "3", "7", "20").get(random.nextInt(4));
    terms.delay = random.nextInt(3);
    terms.isolated = random.nextBoolean();
    terms.minRiskReward = random.nextInt(4) == 0 ? 1.37 : 0;
    terms.trailing = random.nextBoolean() ? 0 : 7;
    terms.activation = random.nextInt(3) * 1.7;
    terms.drawdown = random.nextInt(4) == 0 ? 3.3 : 0;
    terms.losses = random.nextInt(4) == 0 ? 4 : 0;
    terms.lookback = random.nextInt(10);
    terms.onOpposite = OnOpposite.values()[random.nextInt(3)];
    return terms.made();
  }

  private static Said said(RandomGenerator random, List<Bar> bars) {
    Said said = new Said();
    for (int i = 0; i < bars.size(); i++) {
      if (random.nextInt(3) == 0) {
        say(said, i, bars.get(i).close(), random);
      }
    }
    return said;
  }

  private static void say(Said said, int i, double close, RandomGenerator random) {
    SignalSide side = SignalSide.values()[random.nextInt(2)];
    int sign = side.sign();
    double stop = random.nextInt(4) == 0 ? Double.NaN : away(close, -sign, random);
    double target = random.nextInt(4) == 0 ? Double.NaN : away(close, sign, random);
    double part = random.nextInt(1, 5) / 4.0;
    switch (random.nextInt(6)) {
      case 0, 1 -> said.at(i, SignalType.OPEN, side, stop, target, Map.of("open_fraction", part));
      case 2 -> said.at(i, SignalType.ADD, side, stop, target, Map.of("open_fraction", part));
      case 3 ->
          said.at(
              i,
              SignalType.CLOSE,
              side,
              Double.NaN,
              Double.NaN,
              Map.of("close_fraction", random.nextInt(20) == 0 ? 0.0001 : part));
      case 4 ->
          said.at(
              i,
              SignalType.HEDGE,
              side,
              Double.NaN,
              Double.NaN,
              Map.of(
                  "long_stop_loss", away(close, -1, random),
                  "long_take_profit", away(close, 1, random),
                  "short_stop_loss", away(close, 1, random)));
      default -> said.limit(i, side, away(close, -sign, random), target, random.nextInt(1, 6));
    }
  }

  private static double away(double price, int sign, RandomGenerator random) {
    return cents(price * (1 + sign * random.nextDouble() * 0.04) + sign * 0.01);
  }

  private static List<Bar> bars(RandomGenerator random) {
    List<Bar> bars = new ArrayList<>();
    double last = 100;
    long time = random.nextInt(24) * HOUR;
    for (int i = 0; i < BARS; i++) {
      double open = cents(last * Math.exp(random.nextGaussian() * 0.004));
      double close = cents(open * Math.exp(random.nextGaussian() * 0.015));
      double high = cents(Math.max(open, close) * (1 + random.nextDouble() * 0.01) + 0.01);
      double low = cents(Math.min(open, close) * (1 - random.nextDouble() * 0.01) - 0.01);
      bars.add(new Bar(time, open, high, low, close, 1));
      time += random.nextInt(20) == 0 ? 11 * HOUR : HOUR;
      last = close;
    }
    return bars;
  }

  private static double cents(double price) {
    return Math.round(price * 100) / 100.0;
  }
}

package io.tollgate.trading.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.strategies.Bar;
import io.tollgate.trading.strategies.SignalStrategy;
import io.tollgate.trading.strategies.StrategyCatalogue;
import io.tollgate.trading.strategies.StrategyKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class StrategyScanTest {
  private static final int BARS = 600;
  private static final long HOUR = Timeframe.ONE_HOUR.lengthMs();

  @Test
  void parts_repeats_and_restarts_give_what_one_run_over_the_bars_gives() {
    int outputs = 0;
    for (StrategyKind kind : StrategyCatalogue.all()) {
      int seed = kind.code().hashCode();
      RandomGenerator random = random(seed);
      List<Bar> bars = bars(random, BARS);
      ScanSubject subject = subject(kind);
      StrategyScan scan = StrategyScan.fresh(subject);
      List<Said> said = new ArrayList<>();
      for (int from = 0; from < BARS; ) {
        int until = Math.min(BARS, from + 1 + random.nextInt(30));
        said.addAll(scan.take(bars.subList(Math.max(0, from - random.nextInt(20)), until)));
        from = until;
        if (random.nextInt(3) == 0) {
          scan = scan.state().orElseThrow().resumed(subject).orElseThrow();
        }
      }
      assertThat(said).as("%s, seed %s", kind.code(), seed).isEqualTo(atOnce(kind, bars));
      outputs += said.size();
    }
    assertThat(outputs).isGreaterThan(StrategyCatalogue.all().size());
  }

  @Test
  void a_hole_in_the_bars_is_counted_and_not_filled() {
    StrategyKind kind = StrategyCatalogue.require("strategy", "rsi");
    List<Bar> bars = new ArrayList<>(bars(random(1), 50));
    List<Bar> removed = bars.subList(20, 23);
    removed.clear();
    StrategyScan scan = StrategyScan.fresh(subject(kind));
    List<Said> said = scan.take(bars);
    assertThat(scan.state().orElseThrow().gaps()).isEqualTo(1);
    assertThat(scan.state().orElseThrow().bars()).isEqualTo(47);
    assertThat(said).isEqualTo(atOnce(kind, bars));
  }

  @Test
  void a_last_bar_that_is_told_otherwise_contradicts_what_was_seen() {
    List<Bar> bars = bars(random(2), 10);
    StrategyScan scan = StrategyScan.fresh(subject(StrategyCatalogue.require("strategy", "rsi")));
    assertThat(scan.contradicted(bars)).as("nothing was seen yet").isFalse();
    scan.take(bars.subList(0, 5));
    assertThat(scan.contradicted(bars.subList(4, 10))).isFalse();
    assertThat(scan.contradicted(List.of())).as("nothing is told").isFalse();
    assertThat(scan.contradicted(bars.subList(5, 10))).as("it is gone").isTrue();
    Bar seen = bars.get(4);
    Bar other =
        new Bar(
            seen.openTime(), seen.open(), seen.high(), seen.low(), seen.close(), seen.volume() + 1);
    assertThat(scan.contradicted(List.of(other))).isTrue();
  }

  @Test
  void a_state_of_other_settings_or_of_another_market_is_not_gone_on_from() {
    StrategyKind kind = StrategyCatalogue.require("strategy", "ma_cross");
    ScanSubject subject = subject(kind);
    StrategyScan scan = StrategyScan.fresh(subject);
    assertThat(scan.state()).isEmpty();
    scan.take(bars(random(3), 40));
    ScanState state = scan.state().orElseThrow();
    assertThat(state.resumed(subject)).isPresent();
    ScanSubject slower = subject(kind, Map.of("slow_ma", 30), Exchange.BINANCE, Timeframe.ONE_HOUR);
    ScanSubject elsewhere = subject(kind, Map.of(), Exchange.OKX, Timeframe.ONE_HOUR);
    ScanSubject longer = subject(kind, Map.of(), Exchange.BINANCE, Timeframe.FOUR_HOURS);
    for (ScanSubject other : List.of(slower, elsewhere, longer)) {
      assertThat(state.resumed(other)).as(other.toString()).isEmpty();
    }
    ScanState broken =
        new ScanState(
            state.identity(), state.firstOpenTime(), state.last(), 40, 0, new byte[] {1, 2, 3});
    assertThat(broken.resumed(subject)).as("not readable").isEmpty();
  }

  private static List<Said> atOnce(StrategyKind kind, List<Bar> bars) {
    SignalStrategy strategy = kind.start("BTC/USDT", Timeframe.ONE_HOUR, kind.settings(Map.of()));
    List<Said> said = new ArrayList<>();
    for (Bar bar : bars) {
      strategy.onBar(bar).ifPresent(output -> said.add(new Said(bar, output)));
    }
    return said;
  }

  private static ScanSubject subject(StrategyKind kind) {
    return subject(kind, Map.of(), Exchange.BINANCE, Timeframe.ONE_HOUR);
  }

  private static ScanSubject subject(
      StrategyKind kind, Map<String, ?> settings, Exchange exchange, Timeframe timeframe) {
    return new ScanSubject(
        1,
        kind.code(),
        kind,
        kind.settings(settings),
        exchange,
        MarketType.FUTURE,
        Symbol.of("BTC/USDT"),
        timeframe,
        Duration.ZERO);
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private static List<Bar> bars(RandomGenerator random, int length) {
    List<Bar> bars = new ArrayList<>();
    double last = 100;
    for (int i = 0; i < length; i++) {
      double open = last * Math.exp(random.nextGaussian() * 0.002);
      double close = open * Math.exp(random.nextGaussian() * 0.015);
      double high = Math.max(open, close) * (1 + random.nextDouble() * 0.01);
      double low = Math.min(open, close) * (1 - random.nextDouble() * 0.01);
      bars.add(new Bar(i * HOUR, open, high, low, close, 1 + random.nextDouble() * 100));
      last = close;
    }
    return bars;
  }
}

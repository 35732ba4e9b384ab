package io.tollgate.trading.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tollgate.contracts.Timeframe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bars that no market makes, and markets that do not move. */
class OddBarsTest {
  private static final long HOUR = Timeframe.ONE_HOUR.lengthMs();

  static Stream<StrategyKind> kinds() {
    return StrategyCatalogue.all().stream();
  }

  private static SignalStrategy started(StrategyKind kind) {
    return kind.start("BTC/USDT", Timeframe.ONE_HOUR, kind.settings(Map.of()));
  }

  private static List<Bar> broken(Bar sound) {
    long next = sound.openTime() + 1;
    double close = sound.close();
    return List.of(
        new Bar(next, Double.NaN, close, close, close, 1),
        new Bar(next, close, Double.NaN, close, close, 1),
        new Bar(next, close, close, Double.NaN, close, 1),
        new Bar(next, close, close, close, Double.NaN, 1),
        new Bar(next, close, close, close, close, Double.NaN),
        new Bar(next, close, Double.POSITIVE_INFINITY, close, close, 1),
        new Bar(next, close, close, close, close, Double.POSITIVE_INFINITY),
        new Bar(next, close, close, close, close, -1),
        new Bar(next, -close, -close, -close, -close, 1),
        new Bar(next, 0, 0, 0, 0, 1),
        new Bar(next, 2e15, 2e15, 2e15, 2e15, 1),
        new Bar(next, close, close / 2, close, close, 1),
        new Bar(next, close, close, close * 2, close, 1),
        // closed already, and older
        sound,
        new Bar(sound.openTime() - HOUR, close, close, close, close, 1));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a_broken_bar_is_as_if_it_had_not_come(StrategyKind kind) {
    List<Bar> bars = RandomBars.series(new SplittableRandom(2), Timeframe.ONE_HOUR, 200);
    SignalStrategy clean = started(kind);
    SignalStrategy disturbed = started(kind);
    long broken = 0;
    for (Bar bar : bars) {
      assertThat(disturbed.onBar(bar)).isEqualTo(clean.onBar(bar));
      for (Bar odd : broken(bar)) {
        assertThat(disturbed.onBar(odd)).as("%s", odd).isEmpty();
        broken++;
      }
    }
    assertThat(disturbed.taken()).isEqualTo(bars.size());
    assertThat(disturbed.passedOver()).isEqualTo(broken);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void a_market_that_stands_still_is_no_reason_to_open_one_way(StrategyKind kind) {
    SignalStrategy strategy = started(kind);
    for (int i = 0; i < 300; i++) {
      Optional<StrategyOutput> said = strategy.onBar(new Bar(i * HOUR, 0.1, 0.1, 0.1, 0.1, 0));
      // where nothing moves a market ranges; a band of no width is touched
      assertThat(said.map(StrategyOutput::type).orElse(SignalType.HOLD))
          .isIn(
              kind.code().equals("keltner")
                  ? SignalType.values()
                  : new SignalType[] {SignalType.HOLD, SignalType.HEDGE});
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void the_highest_and_lowest_prices_give_outputs_of_numbers(StrategyKind kind) {
    SplittableRandom random = new SplittableRandom(4);
    SignalStrategy strategy = started(kind);
    for (int i = 0; i < 2_000; i++) {
      double open = Math.pow(10, 30 * random.nextDouble() - 15);
      double close = random.nextBoolean() ? Bar.PRICE_MAX : Bar.PRICE_MIN;
      Bar bar = new Bar(i * HOUR, open, Math.max(open, close), Math.min(open, close), close, 1e30);
      // StrategyOutput itself refuses what is not a number, and a price not above 0
      Optional<StrategyOutput> said = strategy.onBar(bar);
      assertThat(said.map(StrategyOutput::indicators).orElse(Map.of()).values())
          .allMatch(Double::isFinite);
    }
    assertThat(strategy.taken()).isGreaterThan(1_900);
  }

  @Test
  void a_saved_state_of_another_is_refused() {
    StrategyKind cross = StrategyCatalogue.require("code", "ma_cross");
    SignalStrategy five = started(cross);
    SignalStrategy six =
        cross.start("BTC/USDT", Timeframe.ONE_HOUR, cross.settings(Map.of("fast_ma", 6)));
    byte[] saved = five.save();

    assertThatThrownBy(() -> six.restore(saved))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("saved state is of");
    for (int length = 0; length < saved.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(saved, length);
      assertThatThrownBy(() -> started(cross).restore(cut))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}

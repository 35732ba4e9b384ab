package io.tollgate.trading.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.strategies.naive.Said;
import io.tollgate.trading.strategies.naive.Series;
import io.tollgate.trading.strategies.naive.Twin;
import io.tollgate.trading.strategies.naive.Twins;
import io.tollgate.trading.strategies.naive.Values;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each strategy, bar by bar, beside its twin, which is written from the rule and sees whole series:
 * the same outputs, bit for bit. Full size, as proven before a release: {@code
 * -Dstrategies.sets=200 -Dstrategies.series=20}.
 */
class DifferentialTest {
  private static final long SEED = Long.getLong("strategies.seed", 20_261_201L);
  private static final int SETS = Integer.getInteger("strategies.sets", 3);
  private static final int SERIES = Integer.getInteger("strategies.series", 2);
  private static final int LENGTH = Integer.getInteger("strategies.bars", 200);

  static Stream<StrategyKind> kinds() {
    return StrategyCatalogue.all().stream();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void says_what_its_twin_says(StrategyKind kind) {
    SplittableRandom random = new SplittableRandom(SEED);
    long said = 0;
    for (int set = 0; set < SETS; set++) {
      StrategySettings settings = RandomSettings.of(kind, random);
      for (int series = 0; series < SERIES; series++) {
        Timeframe timeframe = Timeframe.values()[random.nextInt(Timeframe.values().length)];
        Twin twin = Twins.of(kind.code(), timeframe);
        List<Bar> bars = RandomBars.series(random, timeframe, LENGTH);
        String which =
            kind.code() + settings.values() + " set " + set + " series " + series + " seed " + SEED;
        @Nullable Said[] expected = twin.say(Series.of(bars), new Values(settings.values()));
        SignalStrategy strategy = kind.start("BTC/USDT", timeframe, settings);
        for (int i = 0; i < bars.size(); i++) {
          @Nullable Said output = strategy.onBar(bars.get(i)).map(Said::of).orElse(null);
          assertThat(output).as("%s bar %d", which, i).isEqualTo(expected[i]);
          said += output == null ? 0 : 1;
        }
        assertThat(firstOf(expected))
            .as(which)
            .isGreaterThanOrEqualTo(Math.min(strategy.bars() - 1, expected.length));
        // the twin sees the whole series: cut short, it has said the same
        int cut = random.nextInt(1, bars.size());
        @Nullable Said[] earlier =
            twin.say(Series.of(bars.subList(0, cut)), new Values(settings.values()));
        assertThat(earlier).as("%s cut at %d", which, cut).isEqualTo(Arrays.copyOf(expected, cut));
      }
    }
    // some speak once in a hundred bars: whether they spoke is asked where enough is tried
    if (SETS >= 50) {
      assertThat(said).as("outputs of %s", kind).isGreaterThan(SETS);
      System.out.printf("%s: %d outputs%n", kind, said);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void goes_on_from_a_saved_state_as_it_would_have(StrategyKind kind) {
    SplittableRandom random = new SplittableRandom(SEED + 1);
    for (int set = 0; set < SETS; set++) {
      StrategySettings settings = RandomSettings.of(kind, random);
      Timeframe timeframe = Timeframe.ONE_HOUR;
      List<Bar> bars = RandomBars.series(random, timeframe, LENGTH);
      SignalStrategy whole = kind.start("BTC/USDT", timeframe, settings);
      SignalStrategy first = kind.start("BTC/USDT", timeframe, settings);
      int cut = random.nextInt(bars.size());
      bars.subList(0, cut).forEach(first::onBar);
      SignalStrategy second = kind.start("BTC/USDT", timeframe, settings);
      second.restore(first.save());
      for (int i = 0; i < bars.size(); i++) {
        Optional<StrategyOutput> expected = whole.onBar(bars.get(i));
        if (i >= cut) {
          assertThat(second.onBar(bars.get(i)))
              .as("%s bar %d", settings.values(), i)
              .isEqualTo(expected);
        }
      }
      assertThat(second.save()).isEqualTo(whole.save());
    }
  }

  private static int firstOf(@Nullable Said[] said) {
    int i = 0;
    while (i < said.length && said[i] == null) {
      i++;
    }
    return i;
  }
}

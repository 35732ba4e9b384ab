package io.tollgate.trading.engine.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.exchange.Candle;
import io.tollgate.trading.strategies.Bar;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosedBarsTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void a_bar_is_over_when_a_later_one_is_there() {
    assertThat(closed(START, candle(0, false), candle(1, false)))
        .as("whatever the exchange's mark says")
        .containsExactly(bar(0));
    assertThat(closed(START, candle(0, true), candle(3, true))).containsExactly(bar(0));
    assertThat(closed(START)).isEmpty();
  }

  @Test
  void the_last_one_is_over_when_the_market_is_two_seconds_past_it() {
    assertThat(closed(START.plusSeconds(61), candle(0, true))).isEmpty();
    assertThat(closed(START.plusSeconds(62), candle(0, false))).containsExactly(bar(0));
  }

  private static List<Bar> closed(Instant toldAt, Candle... candles) {
    return ClosedBars.of(List.of(candles), Timeframe.ONE_MINUTE, toldAt);
  }

  private static Candle candle(int minute, boolean marked) {
    return new Candle(
        START.plusSeconds(60L * minute),
        BigDecimal.valueOf(10),
        BigDecimal.valueOf(12),
        BigDecimal.valueOf(9),
        BigDecimal.valueOf(11),
        BigDecimal.valueOf(5),
        marked);
  }

  private static Bar bar(int minute) {
    return new Bar(START.toEpochMilli() + 60_000L * minute, 10, 12, 9, 11, 5);
  }
}

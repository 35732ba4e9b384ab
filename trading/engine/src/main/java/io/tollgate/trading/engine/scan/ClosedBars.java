package io.tollgate.trading.engine.scan;

import io.tollgate.contracts.Timeframe;
import io.tollgate.trading.exchange.Candle;
import io.tollgate.trading.strategies.Bar;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Which bars of an exchange's answer are over and change no more. */
public final class ClosedBars {
  /** By so much an exchange may count a trade late to the bar it was made in. */
  private static final Duration SETTLED = Duration.ofSeconds(2);

  private ClosedBars() {}

  /**
   * Those that a later one follows; the last one when its end is past by more than two seconds. The
   * exchange's own mark is not relied on: it is made by a clock that need not be the market's.
   *
   * @param candles oldest first
   * @param toldAt a moment that the market has passed, as it told before these were asked for
   */
  public static List<Bar> of(List<Candle> candles, Timeframe timeframe, Instant toldAt) {
    List<Bar> closed = new ArrayList<>(candles.size());
    for (int at = 0; at < candles.size(); at++) {
      Candle candle = candles.get(at);
      boolean followed = at + 1 < candles.size();
      if (followed || isPast(candle, timeframe, toldAt)) {
        closed.add(bar(candle));
      }
    }
    return closed;
  }

  private static boolean isPast(Candle candle, Timeframe timeframe, Instant toldAt) {
    return !candle.openedAt().plus(timeframe.length()).plus(SETTLED).isAfter(toldAt);
  }

  private static Bar bar(Candle candle) {
    return new Bar(
        candle.openedAt().toEpochMilli(),
        candle.open().doubleValue(),
        candle.high().doubleValue(),
        candle.low().doubleValue(),
        candle.close().doubleValue(),
        candle.volume().doubleValue());
  }
}

package io.tollgate.trading.engine.candles;

import io.tollgate.trading.strategies.Bar;
import java.util.ArrayList;
import java.util.List;

/** Adds to a series, alone. For one thread. */
public interface SeriesWriter extends AutoCloseable {
  /** Candles that are stored together, at most. */
  int MOST = 4_096;

  /**
   * Stores some closed candles: all of them or, when it fails, none. The same once more does
   * nothing.
   *
   * @param bars sound, at most {@link #MOST}, in any order
   * @throws io.tollgate.ground.Refusal {@code VALIDATION_ERROR} when one is not sound, or opens at
   *     no multiple of its length; {@code CONFLICT} when another writer has taken over
   */
  AppendCount append(List<Bar> bars, OnDifference onDifference);

  /** All of a feed, part by part. */
  default AppendCount appendAll(BarFeed feed, OnDifference onDifference) {
    AppendCount count = AppendCount.NONE;
    List<Bar> part = new ArrayList<>();
    while (feed.next()) {
      part.add(
          new Bar(
              feed.openTime(), feed.open(), feed.high(), feed.low(), feed.close(), feed.volume()));
      if (part.size() == MOST) {
        count = count.plus(append(part, onDifference));
        part.clear();
      }
    }
    return part.isEmpty() ? count : count.plus(append(part, onDifference));
  }

  /**
   * Keeps others away for two minutes more.
   *
   * @throws io.tollgate.ground.Refusal {@code CONFLICT} when another writer has taken over
   */
  void renew();

  @Override
  void close();
}

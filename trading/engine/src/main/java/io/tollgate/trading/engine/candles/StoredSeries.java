package io.tollgate.trading.engine.candles;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What is stored of a series.
 *
 * @param span from the first candle to the end of the last; empty without one
 */
public record StoredSeries(SeriesName name, long candles, Optional<CandleSpan> span) {
  public StoredSeries {
    requireNonNull(name, "name is null");
    requireNonNull(span, "span is null");
  }

  /** Candles that are missing between the first and the last. */
  public long missing() {
    return span.map(whole -> whole.candles(name.timeframe().lengthMs()) - candles).orElse(0L);
  }
}

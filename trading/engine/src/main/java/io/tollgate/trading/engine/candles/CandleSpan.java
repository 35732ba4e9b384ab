package io.tollgate.trading.engine.candles;

import java.time.Instant;

/**
 * A span of time, by when candles open. In milliseconds since 1970.
 *
 * @param from the first moment of it
 * @param to the first moment after it
 */
public record CandleSpan(long from, long to) {
  public CandleSpan {
    if (from > to) {
      throw new IllegalArgumentException(
          "from " + Instant.ofEpochMilli(from) + " to " + Instant.ofEpochMilli(to));
    }
  }

  /** How many candles of a length open in it. */
  public long candles(long lengthMs) {
    return Math.ceilDiv(to, lengthMs) - Math.ceilDiv(from, lengthMs);
  }

  @Override
  public String toString() {
    return Instant.ofEpochMilli(from) + " to " + Instant.ofEpochMilli(to);
  }
}

package io.tollgate.trading.engine.candles.internal;

import io.tollgate.trading.engine.candles.CandleSpan;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Finds where candles are missing, of what is there in order. For one search and one thread. */
final class GapSearch {
  private final CandleSpan span;
  private final long lengthMs;
  private final int most;
  private final List<CandleSpan> gaps = new ArrayList<>();
  private long next;

  GapSearch(CandleSpan span, long lengthMs, int most) {
    this.span = span;
    this.lengthMs = lengthMs;
    this.most = most;
    this.next = Math.ceilDiv(span.from(), lengthMs) * lengthMs;
  }

  /** Takes a block that has all of its candles. */
  void full(long openedAt) {
    there(openedAt, openedAt + CandleBlock.PLACES * lengthMs);
  }

  /** Takes a block as it stands in its row. */
  void packed(long openedAt, byte[] packed) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    for (int at = 0; at < packed.length; at += CandleBlock.WIDTH) {
      long time = openedAt + bytes.getShort(at) * lengthMs;
      there(time, time + lengthMs);
    }
  }

  private void there(long from, long to) {
    if (from > next) {
      missing(Math.min(from, span.to()));
    }
    next = Math.max(next, to);
  }

  private void missing(long until) {
    if (next < until && gaps.size() < most) {
      gaps.add(new CandleSpan(next, until));
    }
  }

  /** Whether no more are wanted. */
  boolean enough() {
    return gaps.size() == most;
  }

  /** What was found, when everything has been taken. */
  List<CandleSpan> found() {
    missing(span.to());
    return List.copyOf(gaps);
  }
}

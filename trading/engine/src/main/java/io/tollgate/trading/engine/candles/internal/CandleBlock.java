package io.tollgate.trading.engine.candles.internal;

import io.tollgate.trading.strategies.Bar;
import java.nio.ByteBuffer;

/**
 * The candles of a span of {@link #PLACES} lengths, by their place in it, as they stand in one row:
 * of each in order its place in 2 bytes, then open, high, low, close and volume as doubles. For one
 * thread.
 */
final class CandleBlock {
  /** Candles that it has room for. */
  static final int PLACES = 1_024;

  /** Bytes of one. */
  static final int WIDTH = Short.BYTES + 5 * Double.BYTES;

  private static final int COLUMNS = 5;

  private final long openedAt;
  private final long lengthMs;
  private final boolean[] held = new boolean[PLACES];
  private final double[] values = new double[PLACES * COLUMNS];
  private int size;

  /** What became of a candle. */
  enum Put {
    ADDED,
    SAME,
    DIFFERENT
  }

  /** An empty one. */
  CandleBlock(long openedAt, long lengthMs) {
    this.openedAt = openedAt;
    this.lengthMs = lengthMs;
  }

  /** One as it stands in its row. */
  CandleBlock(long openedAt, long lengthMs, byte[] packed) {
    this(openedAt, lengthMs);
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    while (bytes.hasRemaining()) {
      int place = bytes.getShort();
      held[place] = true;
      for (int i = 0; i < COLUMNS; i++) {
        values[place * COLUMNS + i] = bytes.getDouble();
      }
      size++;
    }
  }

  /** When the span begins into which a candle of a length falls. */
  static long beginOf(long openTime, long lengthMs) {
    return openTime - Math.floorMod(openTime, PLACES * lengthMs);
  }

  /**
   * Takes a candle of its span.
   *
   * @param replaces whether it takes the place of one that differs
   */
  Put put(Bar bar, boolean replaces) {
    int place = Math.toIntExact((bar.openTime() - openedAt) / lengthMs);
    int at = place * COLUMNS;
    // no volume is written in one way
    double[] now = {bar.open(), bar.high(), bar.low(), bar.close(), bar.volume() + 0.0};
    if (!held[place]) {
      held[place] = true;
      size++;
      System.arraycopy(now, 0, values, at, COLUMNS);
      return Put.ADDED;
    }
    for (int i = 0; i < COLUMNS; i++) {
      if (values[at + i] != now[i]) {
        if (replaces) {
          System.arraycopy(now, 0, values, at, COLUMNS);
        }
        return Put.DIFFERENT;
      }
    }
    return Put.SAME;
  }

  int size() {
    return size;
  }

  byte[] packed() {
    ByteBuffer bytes = ByteBuffer.allocate(size * WIDTH);
    for (int place = 0; place < PLACES; place++) {
      if (held[place]) {
        bytes.putShort((short) place);
        for (int i = 0; i < COLUMNS; i++) {
          bytes.putDouble(values[place * COLUMNS + i]);
        }
      }
    }
    return bytes.array();
  }
}

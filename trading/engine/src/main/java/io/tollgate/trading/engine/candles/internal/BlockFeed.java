package io.tollgate.trading.engine.candles.internal;

import static io.tollgate.schema.trading.Tables.CANDLE_BLOCK;

import io.tollgate.data.Transactions;
import io.tollgate.trading.engine.candles.BarFeed;
import io.tollgate.trading.engine.candles.CandleSpan;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;

/**
 * Stored candles, read some blocks at a time, each time in a transaction of its own: no connection
 * is held while they are used.
 */
final class BlockFeed implements BarFeed {
  /** Blocks in memory, of 43 kB each. */
  private static final int BLOCKS = 16;

  private final Transactions transactions;
  private final long series;
  private final long lengthMs;
  private final CandleSpan span;
  private final Deque<Block> blocks = new ArrayDeque<>();
  private long nextBlock;
  private boolean all;
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private long blockAt;
  private int at = -1;
  private long time;

  private record Block(Instant openedAt, byte[] packed) {}

  BlockFeed(Transactions transactions, long series, long lengthMs, CandleSpan span) {
    this.transactions = transactions;
    this.series = series;
    this.lengthMs = lengthMs;
    this.span = span;
    this.nextBlock = CandleBlock.beginOf(span.from(), lengthMs);
  }

  @Override
  public boolean next() {
    do {
      at = at < 0 ? 0 : at + CandleBlock.WIDTH;
      if (at >= bytes.limit() && !nextBlock()) {
        at = -1;
        bytes = ByteBuffer.allocate(0);
        return false;
      }
      time = blockAt + bytes.getShort(at) * lengthMs;
    } while (time < span.from());
    return time < span.to();
  }

  private boolean nextBlock() {
    if (blocks.isEmpty() && !all) {
      fetch();
    }
    Block block = blocks.poll();
    if (block == null) {
      return false;
    }
    blockAt = block.openedAt().toEpochMilli();
    bytes = ByteBuffer.wrap(block.packed());
    at = 0;
    return true;
  }

  private void fetch() {
    transactions
        .read(
            transaction ->
                transaction
                    .sql()
                    .select(CANDLE_BLOCK.OPENED_AT, CANDLE_BLOCK.PACKED)
                    .from(CANDLE_BLOCK)
                    .where(CANDLE_BLOCK.SERIES_ID.eq(series))
                    .and(CANDLE_BLOCK.OPENED_AT.ge(Instant.ofEpochMilli(nextBlock)))
                    .and(CANDLE_BLOCK.OPENED_AT.lt(Instant.ofEpochMilli(span.to())))
                    .orderBy(CANDLE_BLOCK.OPENED_AT)
                    .limit(BLOCKS)
                    .fetch(row -> new Block(row.value1(), row.value2())))
        .forEach(blocks::add);
    all = blocks.size() < BLOCKS;
    if (!blocks.isEmpty()) {
      nextBlock = blocks.getLast().openedAt().toEpochMilli() + 1;
    }
  }

  private double value(int column) {
    if (at < 0) {
      throw new NoSuchElementException("there is no candle here");
    }
    return bytes.getDouble(at + Short.BYTES + column * Double.BYTES);
  }

  @Override
  public long openTime() {
    if (at < 0) {
      throw new NoSuchElementException("there is no candle here");
    }
    return time;
  }

  @Override
  public double open() {
    return value(0);
  }

  @Override
  public double high() {
    return value(1);
  }

  @Override
  public double low() {
    return value(2);
  }

  @Override
  public double close() {
    return value(3);
  }

  @Override
  public double volume() {
    return value(4);
  }
}

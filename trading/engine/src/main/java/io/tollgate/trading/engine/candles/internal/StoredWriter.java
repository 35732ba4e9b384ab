package io.tollgate.trading.engine.candles.internal;

import static io.tollgate.schema.trading.Tables.CANDLE_BLOCK;
import static io.tollgate.schema.trading.Tables.CANDLE_SERIES;
import static java.time.temporal.ChronoUnit.MICROS;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.schema.trading.tables.records.CandleSeriesRecord;
import io.tollgate.trading.engine.candles.AppendCount;
import io.tollgate.trading.engine.candles.OnDifference;
import io.tollgate.trading.engine.candles.SeriesName;
import io.tollgate.trading.engine.candles.SeriesWriter;
import io.tollgate.trading.strategies.Bar;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The one that may add to a series. Each time it locks the series' row and makes sure that it still
 * is: one that was away for too long changes nothing any more.
 */
final class StoredWriter implements SeriesWriter {
  private static final Duration HELD = Duration.ofMinutes(2);

  private final Transactions transactions;
  private final InstantSource clock;
  private final SeriesName name;
  private final long lengthMs;
  private final long series;
  private final UUID self;

  private StoredWriter(
      Transactions transactions, InstantSource clock, SeriesName name, long series, UUID self) {
    this.transactions = transactions;
    this.clock = clock;
    this.name = name;
    this.lengthMs = name.timeframe().lengthMs();
    this.series = series;
    this.self = self;
  }

  static StoredWriter open(
      Transactions transactions, InstantSource clock, SeriesName name, UUID self) {
    long series = transactions.write(transaction -> take(transaction, clock, name, self));
    return new StoredWriter(transactions, clock, name, series, self);
  }

  private static long take(
      Transaction transaction, InstantSource clock, SeriesName name, UUID self) {
    int _ =
        transaction
            .sql()
            .insertInto(CANDLE_SERIES)
            .set(CANDLE_SERIES.EXCHANGE, name.exchange().code())
            .set(CANDLE_SERIES.MARKET_TYPE, name.marketType().code())
            .set(CANDLE_SERIES.SYMBOL, name.symbol().toString())
            .set(CANDLE_SERIES.TIMEFRAME, name.timeframe().code())
            .onConflictDoNothing()
            .execute();
    CandleSeriesRecord row =
        transaction
            .sql()
            .selectFrom(CANDLE_SERIES)
            .where(StoredCandles.is(name))
            .forUpdate()
            .fetchSingle();
    Instant until = row.getWriterUntil();
    if (until != null && until.isAfter(clock.instant())) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "candles of "
              + name
              + " are being added to by somebody else (expected: one at a time; the other has until "
              + until
              + ")");
    }
    keep(transaction, clock, row.getId(), self);
    return row.getId();
  }

  private static void keep(Transaction transaction, InstantSource clock, long series, UUID self) {
    int _ =
        transaction
            .sql()
            .update(CANDLE_SERIES)
            .set(CANDLE_SERIES.WRITER, self)
            .set(CANDLE_SERIES.WRITER_UNTIL, clock.instant().plus(HELD).truncatedTo(MICROS))
            .where(CANDLE_SERIES.ID.eq(series))
            .execute();
  }

  @Override
  public AppendCount append(List<Bar> bars, OnDifference onDifference) {
    if (bars.size() > MOST) {
      throw new IllegalArgumentException(
          "candles: " + bars.size() + " (expected: at most " + MOST + ")");
    }
    Map<Long, List<Bar>> blocks = new TreeMap<>();
    for (Bar bar : bars) {
      require(bar);
      blocks
          .computeIfAbsent(CandleBlock.beginOf(bar.openTime(), lengthMs), _ -> new ArrayList<>())
          .add(bar);
    }
    return transactions.write(transaction -> append(transaction, blocks, onDifference));
  }

  private void require(Bar bar) {
    if (!bar.sound() || bar.openTime() < 0) {
      throw refused(bar, "prices that go together");
    }
    if (Math.floorMod(bar.openTime(), lengthMs) != 0) {
      throw refused(bar, "one that opens at a whole multiple of " + name.timeframe().code());
    }
  }

  private static Refusal refused(Bar bar, String expected) {
    return new Refusal(
            ErrorCode.VALIDATION_ERROR,
            "candles: that of "
                + Instant.ofEpochMilli(bar.openTime())
                + " (expected: "
                + expected
                + ")")
        .ofField("candles");
  }

  private AppendCount append(
      Transaction transaction, Map<Long, List<Bar>> blocks, OnDifference onDifference) {
    hold(transaction);
    AppendCount count = AppendCount.NONE;
    for (Map.Entry<Long, List<Bar>> each : blocks.entrySet()) {
      count = count.plus(append(transaction, each.getKey(), each.getValue(), onDifference));
    }
    return count;
  }

  /** Makes sure that it is still the one, and keeps others away. */
  private void hold(Transaction transaction) {
    UUID writer =
        transaction
            .sql()
            .select(CANDLE_SERIES.WRITER)
            .from(CANDLE_SERIES)
            .where(CANDLE_SERIES.ID.eq(series))
            .forUpdate()
            .fetchSingle()
            .value1();
    if (!self.equals(writer)) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "candles of " + name + " have been taken over by somebody else after a pause");
    }
    keep(transaction, clock, series, self);
  }

  private AppendCount append(
      Transaction transaction, long openedAt, List<Bar> bars, OnDifference onDifference) {
    Instant begin = Instant.ofEpochMilli(openedAt);
    byte @Nullable [] before =
        transaction
            .sql()
            .select(CANDLE_BLOCK.PACKED)
            .from(CANDLE_BLOCK)
            .where(CANDLE_BLOCK.SERIES_ID.eq(series))
            .and(CANDLE_BLOCK.OPENED_AT.eq(begin))
            .fetchOne(CANDLE_BLOCK.PACKED);
    CandleBlock block =
        before == null
            ? new CandleBlock(openedAt, lengthMs)
            : new CandleBlock(openedAt, lengthMs, before);
    AppendCount count = put(bars, block, onDifference);
    if (count.added() > 0 || count.different() > 0 && onDifference == OnDifference.REPLACE) {
      write(transaction, begin, block);
    }
    if (count.added() > 0) {
      sum(transaction, bars, count.added());
    }
    return count;
  }

  private static AppendCount put(List<Bar> bars, CandleBlock block, OnDifference onDifference) {
    AppendCount count = AppendCount.NONE;
    for (Bar bar : bars) {
      count =
          count.plus(
              switch (block.put(bar, onDifference == OnDifference.REPLACE)) {
                case ADDED -> new AppendCount(1, 0, 0, OptionalLong.empty());
                case SAME -> new AppendCount(0, 1, 0, OptionalLong.empty());
                case DIFFERENT -> new AppendCount(0, 0, 1, OptionalLong.of(bar.openTime()));
              });
    }
    return count;
  }

  private void write(Transaction transaction, Instant begin, CandleBlock block) {
    byte[] packed = block.packed();
    int _ =
        transaction
            .sql()
            .insertInto(CANDLE_BLOCK)
            .set(CANDLE_BLOCK.SERIES_ID, series)
            .set(CANDLE_BLOCK.OPENED_AT, begin)
            .set(CANDLE_BLOCK.CANDLES, block.size())
            .set(CANDLE_BLOCK.PACKED, packed)
            .onConflict(CANDLE_BLOCK.SERIES_ID, CANDLE_BLOCK.OPENED_AT)
            .doUpdate()
            .set(CANDLE_BLOCK.CANDLES, block.size())
            .set(CANDLE_BLOCK.PACKED, packed)
            .execute();
  }

  private void sum(Transaction transaction, List<Bar> bars, long added) {
    Instant first =
        Instant.ofEpochMilli(bars.stream().mapToLong(Bar::openTime).min().orElseThrow());
    Instant last = Instant.ofEpochMilli(bars.stream().mapToLong(Bar::openTime).max().orElseThrow());
    int _ =
        transaction
            .sql()
            .update(CANDLE_SERIES)
            .set(CANDLE_SERIES.CANDLES, CANDLE_SERIES.CANDLES.plus(added))
            .set(
                CANDLE_SERIES.FIRST_OPEN,
                DSL.least(CANDLE_SERIES.FIRST_OPEN, DSL.val(first, CANDLE_SERIES.FIRST_OPEN)))
            .set(
                CANDLE_SERIES.LAST_OPEN,
                DSL.greatest(CANDLE_SERIES.LAST_OPEN, DSL.val(last, CANDLE_SERIES.LAST_OPEN)))
            .where(CANDLE_SERIES.ID.eq(series))
            .execute();
  }

  @Override
  public void renew() {
    boolean _ =
        transactions.write(
            transaction -> {
              hold(transaction);
              return true;
            });
  }

  @Override
  public void close() {
    int _ =
        transactions.write(
            transaction ->
                transaction
                    .sql()
                    .update(CANDLE_SERIES)
                    .setNull(CANDLE_SERIES.WRITER)
                    .setNull(CANDLE_SERIES.WRITER_UNTIL)
                    .where(CANDLE_SERIES.ID.eq(series))
                    .and(CANDLE_SERIES.WRITER.eq(self))
                    .execute());
  }
}

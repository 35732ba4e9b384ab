package io.tollgate.trading.engine.candles.internal;

import static io.tollgate.schema.trading.Tables.CANDLE_BLOCK;
import static io.tollgate.schema.trading.Tables.CANDLE_SERIES;
import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Timeframe;
import io.tollgate.data.Transactions;
import io.tollgate.schema.trading.tables.records.CandleSeriesRecord;
import io.tollgate.trading.engine.candles.BarFeed;
import io.tollgate.trading.engine.candles.BarList;
import io.tollgate.trading.engine.candles.CandleSpan;
import io.tollgate.trading.engine.candles.CandleStore;
import io.tollgate.trading.engine.candles.SeriesName;
import io.tollgate.trading.engine.candles.SeriesWriter;
import io.tollgate.trading.engine.candles.StoredSeries;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Symbol;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Candles in PostgreSQL, many in one row. */
public final class StoredCandles implements CandleStore {
  /** Blocks that are looked at together. */
  private static final int BLOCKS = 16;

  private final Transactions transactions;
  private final InstantSource clock;
  private final Supplier<UUID> names;

  public StoredCandles(Transactions transactions, InstantSource clock, Supplier<UUID> names) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.names = requireNonNull(names, "names is null");
  }

  @Override
  public SeriesWriter writer(SeriesName name) {
    return StoredWriter.open(transactions, clock, name, names.get());
  }

  static Condition is(SeriesName name) {
    return CANDLE_SERIES
        .EXCHANGE
        .eq(name.exchange().code())
        .and(CANDLE_SERIES.MARKET_TYPE.eq(name.marketType().code()))
        .and(CANDLE_SERIES.SYMBOL.eq(name.symbol().toString()))
        .and(CANDLE_SERIES.TIMEFRAME.eq(name.timeframe().code()));
  }

  private Optional<CandleSeriesRecord> row(SeriesName name) {
    return transactions.read(
        transaction -> transaction.sql().selectFrom(CANDLE_SERIES).where(is(name)).fetchOptional());
  }

  @Override
  public Optional<StoredSeries> find(SeriesName name) {
    return row(name).map(StoredCandles::stored);
  }

  @Override
  public List<StoredSeries> list() {
    return transactions.read(
        transaction ->
            transaction
                .sql()
                .selectFrom(CANDLE_SERIES)
                .orderBy(
                    CANDLE_SERIES.EXCHANGE,
                    CANDLE_SERIES.MARKET_TYPE,
                    CANDLE_SERIES.SYMBOL,
                    CANDLE_SERIES.ID)
                .fetch(StoredCandles::stored));
  }

  private static StoredSeries stored(CandleSeriesRecord row) {
    SeriesName name =
        new SeriesName(
            Exchange.of("exchange", row.getExchange()),
            MarketType.of("market_type", row.getMarketType()),
            Symbol.of(row.getSymbol()),
            Timeframe.of("timeframe", row.getTimeframe()));
    Instant first = row.getFirstOpen();
    Instant last = row.getLastOpen();
    return new StoredSeries(
        name,
        row.getCandles(),
        first == null || last == null
            ? Optional.empty()
            : Optional.of(
                new CandleSpan(
                    first.toEpochMilli(), last.toEpochMilli() + name.timeframe().lengthMs())));
  }

  @Override
  public BarFeed read(SeriesName name, CandleSpan span) {
    return row(name)
        .<BarFeed>map(
            row -> new BlockFeed(transactions, row.getId(), name.timeframe().lengthMs(), span))
        .orElseGet(() -> new BarList(List.of()));
  }

  @Override
  public List<CandleSpan> gaps(SeriesName name, CandleSpan span, int most) {
    long lengthMs = name.timeframe().lengthMs();
    GapSearch search = new GapSearch(span, lengthMs, most);
    Optional<CandleSeriesRecord> row = row(name);
    if (row.isPresent()) {
      long from = CandleBlock.beginOf(span.from(), lengthMs);
      while (from >= 0 && !search.enough()) {
        from = look(row.get().getId(), from, span.to(), search);
      }
    }
    return search.found();
  }

  /** Looks at some blocks; answers from where on to look next, below 0 at the end. */
  private long look(long series, long from, long to, GapSearch search) {
    // what is full need not be read
    Field<byte[]> partly =
        DSL.when(CANDLE_BLOCK.CANDLES.lt(CandleBlock.PLACES), CANDLE_BLOCK.PACKED);
    var rows =
        transactions.read(
            transaction ->
                transaction
                    .sql()
                    .select(CANDLE_BLOCK.OPENED_AT, partly)
                    .from(CANDLE_BLOCK)
                    .where(CANDLE_BLOCK.SERIES_ID.eq(series))
                    .and(CANDLE_BLOCK.OPENED_AT.ge(Instant.ofEpochMilli(from)))
                    .and(CANDLE_BLOCK.OPENED_AT.lt(Instant.ofEpochMilli(to)))
                    .orderBy(CANDLE_BLOCK.OPENED_AT)
                    .limit(BLOCKS)
                    .fetch());
    for (var row : rows) {
      long openedAt = row.value1().toEpochMilli();
      byte @Nullable [] packed = row.value2();
      if (packed == null) {
        search.full(openedAt);
      } else {
        search.packed(openedAt, packed);
      }
    }
    return rows.size() < BLOCKS ? -1 : rows.getLast().value1().toEpochMilli() + 1;
  }
}

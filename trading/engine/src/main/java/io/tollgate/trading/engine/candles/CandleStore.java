package io.tollgate.trading.engine.candles;

import io.tollgate.data.Transactions;
import io.tollgate.trading.engine.candles.internal.StoredCandles;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Closed candles that are kept, for backtests. Safe for use by many threads and processes. Memory
 * does not grow with what is read or written.
 */
public interface CandleStore {
  /**
   * The store of a database.
   *
   * @param names makes names of writers, none twice
   */
  static CandleStore over(Transactions transactions, InstantSource clock, Supplier<UUID> names) {
    return new StoredCandles(transactions, clock, names);
  }

  /**
   * The way to add to a series, which one at a time may have: it is given up by closing it, and
   * lost two minutes after it was last used. A series begins to be with its first writer.
   *
   * @throws io.tollgate.ground.Refusal {@code CONFLICT} while somebody else has it
   */
  SeriesWriter writer(SeriesName name);

  /** What is stored of a series; empty where there is none. */
  Optional<StoredSeries> find(SeriesName name);

  /** All series, by name. */
  List<StoredSeries> list();

  /**
   * The candles that open within a span, in order. What is added behind the reader's place while it
   * reads is not seen, what is added before it is.
   */
  BarFeed read(SeriesName name, CandleSpan span);

  /**
   * Where candles are missing within a span, in order.
   *
   * @param most of them; the rest are left off
   */
  List<CandleSpan> gaps(SeriesName name, CandleSpan span, int most);
}

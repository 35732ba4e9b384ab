package io.tollgate.trading.engine.candles;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.trading.engine.candles.internal.MarketCandles;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.strategies.Bar;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Brings candles of an exchange into the store: those that are missing, page by page, each page in
 * a transaction. Whenever it ends, the next one goes on where it stopped. What the exchange asks to
 * wait is waited. For one run at a time.
 */
public final class CandleImport {
  /** Gaps that are looked at together, and told of at the end. */
  private static final int GAPS = 1_000;

  /** How often a page is asked for again where it is not known why there is none. */
  private static final int ATTEMPTS = 6;

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

  /** Longer is not waited: it is for the next run. */
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  /** A pause in which the writer must make itself heard. */
  private static final Duration SLICE = Duration.ofMinutes(1);

  private final CandleStore store;
  private final MarketData market;
  private final InstantSource clock;
  private final Pause pause;

  public CandleImport(CandleStore store, MarketData market, InstantSource clock, Pause pause) {
    this.store = requireNonNull(store, "store is null");
    this.market = requireNonNull(market, "market is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.pause = requireNonNull(pause, "pause is null");
  }

  /**
   * What it came to.
   *
   * @param pages asked for
   * @param missing what the exchange does not have, up to the last candle that has closed; the
   *     first 1000
   */
  public record Report(AppendCount count, long pages, List<CandleSpan> missing) {
    public Report {
      requireNonNull(count, "count is null");
      missing = List.copyOf(missing);
    }
  }

  /** Is told how far it is. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Some more is done.
     *
     * @param candles of the span that have been looked at
     * @param all of the span
     */
    void at(long candles, long all);
  }

  /**
   * Brings what is missing within a span.
   *
   * @throws Refusal {@code CONFLICT} while somebody else adds to the series; {@code
   *     VALIDATION_ERROR} when the exchange has no such symbol; {@code UNAVAILABLE} or {@code
   *     UPSTREAM_FAILED} when it cannot be asked: what was brought until then stays
   */
  public Report run(SeriesName name, CandleSpan asked, Progress progress) {
    long closed = name.timeframe().openTimeOf(clock.instant().toEpochMilli());
    CandleSpan span =
        new CandleSpan(asked.from(), Math.max(asked.from(), Math.min(asked.to(), closed)));
    try (SeriesWriter writer = store.writer(name)) {
      Filling filling = new Filling(name, span, writer, progress);
      long from = span.from();
      List<CandleSpan> gaps;
      do {
        gaps = store.gaps(name, new CandleSpan(from, span.to()), GAPS);
        for (CandleSpan gap : gaps) {
          filling.fill(gap);
          from = gap.to();
        }
      } while (gaps.size() == GAPS);
      progress.at(filling.all, filling.all);
      return new Report(filling.count, filling.pages, store.gaps(name, span, GAPS));
    }
  }

  private final class Filling {
    private final MarketCandles candles;
    private final long lengthMs;
    private final CandleSpan span;
    private final SeriesWriter writer;
    private final Progress progress;
    private final long all;
    private AppendCount count = AppendCount.NONE;
    private long pages;

    Filling(SeriesName name, CandleSpan span, SeriesWriter writer, Progress progress) {
      this.candles = new MarketCandles(market, name);
      this.lengthMs = name.timeframe().lengthMs();
      this.span = span;
      this.writer = writer;
      this.progress = progress;
      this.all = span.candles(lengthMs);
    }

    void fill(CandleSpan gap) {
      long next = gap.from();
      while (next < gap.to()) {
        long left = new CandleSpan(next, gap.to()).candles(lengthMs);
        int limit = Math.clamp(left, 1, MarketCandles.PAGE);
        List<Bar> page = page(next, gap.to(), limit);
        if (page.isEmpty()) {
          next += limit * lengthMs;
        } else {
          count = count.plus(writer.append(page, OnDifference.KEEP));
          next = Math.max(next, page.getLast().openTime()) + lengthMs;
        }
        progress.at(new CandleSpan(span.from(), Math.min(next, span.to())).candles(lengthMs), all);
      }
    }

    private List<Bar> page(long from, long to, int limit) {
      Duration next = FIRST_PAUSE;
      for (int attempt = 1; ; attempt++) {
        pages++;
        Outcome<List<Bar>> outcome = candles.page(from, to, limit);
        if (outcome instanceof Outcome.Accepted<List<Bar>>(List<Bar> page)) {
          return page;
        }
        Refusal refusal = candles.refusal(outcome);
        // without a time to wait it would be refused again
        if (refusal.retryAfter().isEmpty() || attempt == ATTEMPTS) {
          throw refusal;
        }
        if (refusal.code() == ErrorCode.UNAVAILABLE) {
          await(refusal.retryAfter().get(), refusal);
        } else {
          await(next, refusal);
          next = next.multipliedBy(2);
        }
      }
    }

    private void await(Duration time, Refusal refusal) {
      if (time.compareTo(LONGEST_PAUSE) > 0) {
        throw refusal;
      }
      Duration rest = time;
      while (rest.compareTo(SLICE) > 0) {
        pause.of(SLICE);
        writer.renew();
        rest = rest.minus(SLICE);
      }
      pause.of(rest);
    }
  }
}

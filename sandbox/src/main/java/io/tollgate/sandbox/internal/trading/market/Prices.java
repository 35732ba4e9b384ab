package io.tollgate.sandbox.internal.trading.market;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Prices, order books and candles at every market time. A function of seed, symbol and time, but
 * where it was steered by hand. Steered on the event loop, read from any thread.
 */
public final class Prices {
  private static final long TAPE_MILLIS = 10_000;
  private static final int TRADES_A_MINUTE = (int) (PriceProcess.MINUTE / TAPE_MILLIS);

  private static final int VOLUME_DECIMALS = 3;
  private static final BigDecimal FOUR = BigDecimal.valueOf(4);

  private final Map<String, PriceLine> lines = new LinkedHashMap<>();

  /** A trade of the public tape: one in ten seconds. */
  public record TapeTrade(
      long id, long time, BigDecimal price, BigDecimal quantity, boolean sold) {}

  public Prices(long seed, Instruments instruments) {
    instruments
        .starts()
        .forEach(
            (symbol, start) ->
                lines.put(symbol, new PriceLine(new PriceProcess(seed, symbol, start))));
  }

  private PriceLine line(String symbol) {
    PriceLine line = lines.get(symbol);
    if (line == null) {
      throw new IllegalArgumentException("symbol: " + symbol + " (expected: " + lines.keySet());
    }
    return line;
  }

  /** The price to the instrument's tick; on futures also index and mark. */
  public BigDecimal at(Instrument instrument, long millis) {
    return line(instrument.symbol()).price(millis, instrument.tick());
  }

  public Quotes quotes(Instrument instrument, long millis) {
    BigDecimal bid = at(instrument, millis);
    int ticks = 1 + line(instrument.symbol()).spreadTicks(millis);
    return new Quotes(
        instrument, bid, bid.add(instrument.tick().multiply(BigDecimal.valueOf(ticks))));
  }

  /**
   * Gives the price by hand from a market time on.
   *
   * @param points price by market time, linear between them; empty: back to the process
   * @throws IllegalArgumentException when there are too many points
   */
  public void steer(
      String symbol, long from, NavigableMap<Long, BigDecimal> points, int spreadTicks) {
    Optional<PricePath> path =
        points.isEmpty() ? Optional.empty() : Optional.of(new PricePath(points));
    line(symbol).steer(new Steered(from, path, spreadTicks));
  }

  /**
   * Times in (after, upTo] at which to look at prices so as to miss no extreme: whole minutes,
   * bends of steered prices, and the end.
   */
  public NavigableSet<Long> turns(long after, long upTo) {
    NavigableSet<Long> turns = new TreeSet<>();
    lines.values().forEach(line -> turns.addAll(line.bends(after, upTo)));
    long minute = PriceProcess.MINUTE;
    for (long at = (after / minute + 1) * minute; at <= upTo; at += minute) {
      turns.add(at);
    }
    turns.add(upTo);
    return turns;
  }

  /**
   * What happened in [from, to]; both ends' prices are part of it.
   *
   * @param from at the beginning of a minute
   * @param end when the candle ends, >= {@code to}
   */
  public Candle candle(Instrument instrument, long from, long to, long end) {
    PriceLine line = line(instrument.symbol());
    BigDecimal tick = instrument.tick();
    BigDecimal open = at(instrument, from);
    BigDecimal close = at(instrument, to);
    PriceProcess.Span span = line.process().between(from, to);
    BigDecimal low = open.min(close);
    BigDecimal high = open.max(close);
    if (line.steeredWithin(from, to)) {
      for (long turn : turns(from, to)) {
        BigDecimal price = at(instrument, turn);
        low = low.min(price);
        high = high.max(price);
      }
    } else {
      low = PriceLine.toTick(new BigDecimal(line.process().price(span.least())), tick);
      high = PriceLine.toTick(new BigDecimal(line.process().price(span.most())), tick);
    }
    BigDecimal volume = BigDecimal.valueOf(span.volume(), VOLUME_DECIMALS);
    BigDecimal mean = open.add(high).add(low).add(close).divide(FOUR);
    long minutes = Math.ceilDiv(to - from, PriceProcess.MINUTE);
    return new Candle(
        from,
        end,
        open,
        high,
        low,
        close,
        volume,
        volume.multiply(mean),
        minutes * TRADES_A_MINUTE);
  }

  /** The newest trade of the tape at a time. */
  public long lastTrade(long millis) {
    return millis / TAPE_MILLIS;
  }

  /** A trade of the tape by its number; its time is its number times ten seconds. */
  public TapeTrade trade(Instrument instrument, long id) {
    long time = id * TAPE_MILLIS;
    PriceProcess process = line(instrument.symbol()).process();
    BigDecimal quantity =
        BigDecimal.valueOf(
            process.volume(time / PriceProcess.MINUTE) / TRADES_A_MINUTE, VOLUME_DECIMALS);
    return new TapeTrade(id, time, at(instrument, time), quantity, process.sold(id));
  }

  /** Symbols that have a price. */
  public List<String> symbols() {
    return List.copyOf(lines.keySet());
  }
}

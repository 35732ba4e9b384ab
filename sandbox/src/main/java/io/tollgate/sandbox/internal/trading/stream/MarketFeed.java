package io.tollgate.sandbox.internal.trading.stream;

import io.tollgate.sandbox.internal.trading.Floor;
import io.tollgate.sandbox.internal.trading.market.Instrument;
import io.tollgate.sandbox.internal.trading.market.Prices;
import io.tollgate.sandbox.internal.trading.market.Quotes;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What one stream of the market has told already, and what it tells next. One for all sessions that
 * have subscribed to it. Confined to the event loop.
 */
final class MarketFeed {
  /** Closed candles and trades that are told after the market has jumped. */
  private static final int MOST_AT_ONCE = 1_000;

  private static final long SLOW_MILLIS = 1_000;

  private final StreamName name;
  private final Floor floor;
  private final MarketFrames frames;
  private String lastBest = "";
  private String lastKline = "";
  private long toldCandle;
  private long toldTrade;
  private long toldAt;

  MarketFeed(StreamName name, Floor floor, MarketFrames frames, long now) {
    this.name = name;
    this.floor = floor;
    this.frames = frames;
    this.toldCandle = name.interval().start(now);
    this.toldTrade = floor.prices().lastTrade(now);
  }

  /**
   * What there is to tell.
   *
   * @param now market time
   * @param real real time, by which what is told every second is
   */
  List<JsonNode> next(long now, long real) {
    Instrument instrument = name.instrument();
    List<JsonNode> events = new ArrayList<>();
    switch (name.kind()) {
      case KLINE -> klines(instrument, now, events);
      case BEST -> best(instrument, now, events);
      case TAPE -> tape(instrument, now, events);
      case DAY, SHORT_DAY, MARK -> {
        if (real - toldAt >= SLOW_MILLIS) {
          toldAt = real;
          events.add(
              name.kind() == StreamName.Kind.MARK
                  ? frames.mark(instrument, now)
                  : frames.day(instrument, name.kind() == StreamName.Kind.SHORT_DAY, now));
        }
      }
      case BOOK ->
          events.add(
              frames.book(instrument, floor.prices().quotes(instrument, now), name.levels(), now));
    }
    return events;
  }

  /** Those that have closed since, each told once as such, and the open one when it has changed. */
  private void klines(Instrument instrument, long now, List<JsonNode> events) {
    long current = name.interval().start(now);
    if (current < toldCandle) {
      toldCandle = current;
    }
    while (toldCandle < current && events.size() < MOST_AT_ONCE) {
      events.add(
          frames.kline(instrument, name.interval(), toldCandle, name.interval().next(toldCandle)));
      toldCandle = name.interval().next(toldCandle);
    }
    toldCandle = current;
    JsonNode open = frames.kline(instrument, name.interval(), current, now);
    String shown = open.path("k").toString();
    if (!shown.equals(lastKline)) {
      lastKline = shown;
      events.add(open);
    }
  }

  private void best(Instrument instrument, long now, List<JsonNode> events) {
    Quotes quotes = floor.prices().quotes(instrument, now);
    String shown = quotes.bid() + " " + quotes.ask();
    if (!shown.equals(lastBest)) {
      lastBest = shown;
      events.add(frames.best(instrument, quotes, now));
    }
  }

  private void tape(Instrument instrument, long now, List<JsonNode> events) {
    long last = floor.prices().lastTrade(now);
    long from = Math.max(toldTrade + 1, last - MOST_AT_ONCE + 1);
    boolean single = name.text().endsWith("@trade");
    for (long id = from; id <= last; id++) {
      Prices.TapeTrade trade = floor.prices().trade(instrument, id);
      events.add(frames.tape(instrument, trade, single, now));
    }
    toldTrade = last;
  }
}

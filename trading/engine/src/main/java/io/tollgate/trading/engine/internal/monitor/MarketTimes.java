package io.tollgate.trading.engine.internal.monitor;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * What time it is at each market, by its last price: not by a clock of ours or of its server's, as
 * the time of a market that is simulated runs otherwise. Safe for use by many threads.
 */
final class MarketTimes {
  private static final Duration KEPT = Duration.ofSeconds(30);

  /** By more than that a market's time and ours do not go apart between two looks at both. */
  private static final Duration STEADY = Duration.ofSeconds(2);

  private final MarketAccess markets;
  private final LongSupplier nanoTime;
  private final Map<Place, Told> told = new ConcurrentHashMap<>();

  MarketTimes(MarketAccess markets, LongSupplier nanoTime) {
    this.markets = requireNonNull(markets, "markets is null");
    this.nanoTime = requireNonNull(nanoTime, "nanoTime is null");
  }

  /** A market. */
  record Place(Exchange exchange, MarketType type) {
    Place {
      requireNonNull(exchange, "exchange is null");
      requireNonNull(type, "type is null");
    }
  }

  /**
   * What was told.
   *
   * @param steady whether it has run as ours since it was told before
   */
  private record Told(Instant at, long asked, boolean steady) {}

  /**
   * A moment that the market has passed; asked for where what is known is old. Empty: no answer.
   */
  Optional<Instant> passed(Place place, Symbol symbol) {
    Told known = told.get(place);
    if (known != null && known.steady() && since(known).compareTo(KEPT) < 0) {
      return Optional.of(known.at());
    }
    long asked = nanoTime.getAsLong();
    if (!(markets.market(place.exchange(), place.type()).ticker(symbol)
        instanceof Accepted<Ticker>(Ticker ticker))) {
      return Optional.empty();
    }
    boolean steady =
        known == null
            || Duration.between(known.at().plusNanos(asked - known.asked()), ticker.at())
                    .abs()
                    .compareTo(STEADY)
                < 0;
    told.put(place, new Told(ticker.at(), asked, steady));
    return Optional.of(ticker.at());
  }

  /** What time it probably is there by now; empty where it was never told. */
  Optional<Instant> now(Place place) {
    return Optional.ofNullable(told.get(place)).map(known -> known.at().plus(since(known)));
  }

  /** Has it asked for again. */
  void doubt(Place place) {
    told.computeIfPresent(place, (_, known) -> new Told(known.at(), known.asked(), false));
  }

  private Duration since(Told known) {
    return Duration.ofNanos(nanoTime.getAsLong() - known.asked());
  }
}

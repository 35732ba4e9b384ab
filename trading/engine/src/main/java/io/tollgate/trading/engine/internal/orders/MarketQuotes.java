package io.tollgate.trading.engine.internal.orders;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.Ticker;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Prices and rules while one signal is judged on many accounts: those of one market are asked for
 * once, and again when they are a second old. For one thread.
 */
final class MarketQuotes {
  private static final Duration GOOD = Duration.ofSeconds(1);

  private final AccountDoor door;
  private final Supplier<Instant> now;
  private final Map<Market, Quote> quotes = new HashMap<>();

  MarketQuotes(AccountDoor door, Supplier<Instant> now) {
    this.door = requireNonNull(door, "door is null");
    this.now = requireNonNull(now, "now is null");
  }

  private record Market(Exchange exchange, MarketType type, boolean sandbox, Symbol symbol) {}

  /** What a pair costs and in which steps it is traded; empty: the market does not say. */
  record Quote(Optional<BigDecimal> price, Optional<Instrument> rules, Instant at) {}

  Quote of(BookedAccount account, Symbol symbol) {
    Market market = new Market(account.exchange(), account.market(), account.sandbox(), symbol);
    Quote known = quotes.get(market);
    if (known != null && now.get().isBefore(known.at().plus(GOOD))) {
      return known;
    }
    Quote asked = ask(door.market(account), symbol);
    quotes.put(market, asked);
    return asked;
  }

  private Quote ask(MarketData market, Symbol symbol) {
    Optional<BigDecimal> price =
        market.ticker(symbol) instanceof Accepted<Ticker>(Ticker ticker)
            ? Optional.of(ticker.last())
            : Optional.empty();
    Optional<Instrument> rules =
        price.isPresent()
                && market.instrument(symbol) instanceof Accepted<Instrument>(Instrument found)
            ? Optional.of(found)
            : Optional.empty();
    return new Quote(price, rules, now.get());
  }
}

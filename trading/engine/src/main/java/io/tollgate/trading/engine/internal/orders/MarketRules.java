package io.tollgate.trading.engine.internal.orders;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.execution.HeldPosition;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.OrderType;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.Ticker;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.function.BiFunction;

/** Prices and rules of pairs where accounts trade, asked while somebody waits. */
public final class MarketRules {
  private static final int DECIMALS = 8;

  private final BiFunction<Exchange, MarketType, MarketData> markets;

  /**
   * @param markets of an exchange and a kind
   */
  public MarketRules(BiFunction<Exchange, MarketType, MarketData> markets) {
    this.markets = requireNonNull(markets, "markets is null");
  }

  /** What a pair costs now, and in which steps it is traded. */
  record Found(BigDecimal price, Instrument rules) {}

  Optional<Found> of(BookedAccount account, Symbol symbol) {
    if (account.exchange() == Exchange.PAPER) {
      return Optional.empty();
    }
    MarketData market = markets.apply(account.exchange(), account.market());
    return market.ticker(symbol) instanceof Accepted<Ticker>(Ticker ticker)
            && market.instrument(symbol) instanceof Accepted<Instrument>(Instrument rules)
        ? Optional.of(new Found(ticker.last(), rules))
        : Optional.empty();
  }

  /** A quantity cut off to whole steps; as it is where the rules are not to be had. */
  BigDecimal inSteps(BookedAccount account, Symbol symbol, BigDecimal quantity) {
    return of(account, symbol)
        .map(found -> found.rules().quantity(quantity, OrderType.MARKET))
        .orElse(quantity);
  }

  /** What a position is worth a coin, as far as it is known; what it has cost otherwise. */
  BigDecimal priceOf(BookedAccount account, HeldPosition position) {
    return of(account, position.key().symbol())
        .map(Found::price)
        .orElseGet(
            () ->
                position
                    .episode()
                    .cost()
                    .divide(position.episode().quantity(), DECIMALS, RoundingMode.HALF_EVEN));
  }
}

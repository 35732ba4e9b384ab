package io.tollgate.trading.node.internal.journal;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.Symbol;

/**
 * What a task is about, by which a repeated one is told from another that goes by the same id.
 *
 * @param account the centre's number of the account
 */
public record TaskIdentity(
    long account, Exchange exchange, MarketType market, Symbol symbol, Side side) {
  public TaskIdentity {
    requireNonNull(exchange, "exchange is null");
    requireNonNull(market, "market is null");
    requireNonNull(symbol, "symbol is null");
    requireNonNull(side, "side is null");
  }
}

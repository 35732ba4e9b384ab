package io.tollgate.trading.node.internal.task;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.MarketType;

/**
 * An account as the centre names it.
 *
 * @param id the centre's number of it
 * @param tenant 0 where none is given; told back as it is
 * @param user the same
 * @param sandbox whether it is at the exchange's test site
 */
public record NodeAccount(
    long id, long tenant, long user, Exchange exchange, MarketType market, boolean sandbox) {
  public NodeAccount {
    requireNonNull(exchange, "exchange is null");
    requireNonNull(market, "market is null");
  }

  /** What its key's budgets are counted by. */
  public String budget() {
    return "account " + id;
  }
}

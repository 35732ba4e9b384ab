package io.tollgate.trading.node.internal.order;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.Exchanges;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.TradingAccount;
import io.tollgate.trading.node.internal.task.NodeAccount;
import io.tollgate.trading.node.internal.task.OpenedTask;

/**
 * The exchanges, and their test sites. Safe for use by many threads.
 *
 * @param live where money is
 * @param test where none is
 */
public record Sites(Exchanges live, Exchanges test) {
  public Sites {
    requireNonNull(live, "live is null");
    requireNonNull(test, "test is null");
  }

  /** Prices and rules where an account trades. */
  public MarketData market(NodeAccount account) {
    return of(account).market(account.exchange(), account.market());
  }

  /** The account of a task; closing it wipes the task's key. */
  public TradingAccount open(OpenedTask task) {
    NodeAccount account = task.account();
    return of(account).account(account.exchange(), account.market(), account.budget(), task.key());
  }

  private Exchanges of(NodeAccount account) {
    return account.sandbox() ? test : live;
  }
}

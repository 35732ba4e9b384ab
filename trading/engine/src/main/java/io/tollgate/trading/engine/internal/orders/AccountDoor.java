package io.tollgate.trading.engine.internal.orders;

import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.TradingAccount;

/** The way to an account at its exchange. Safe for use by many threads. */
interface AccountDoor {
  /**
   * Opens an account; its credentials are open until it is closed.
   *
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when it is not bound any more
   */
  TradingAccount open(BookedAccount account);

  /** Prices and rules of where the account trades. */
  MarketData market(BookedAccount account);
}

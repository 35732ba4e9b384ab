package io.tollgate.trading.exchange.internal.calls;

import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.TradingAccount;

/** One kind of market of an exchange. Safe for use by many. */
public interface Venue {
  MarketData market();

  TradingAccount account(Signer signer);
}

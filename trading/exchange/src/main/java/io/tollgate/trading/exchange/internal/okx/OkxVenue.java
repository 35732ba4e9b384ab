package io.tollgate.trading.exchange.internal.okx;

import io.tollgate.trading.exchange.ExchangeAddresses;
import io.tollgate.trading.exchange.ExchangeTimes;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.TradingAccount;
import io.tollgate.trading.exchange.internal.calls.ExchangeCaller;
import io.tollgate.trading.exchange.internal.calls.ExchangeClock;
import io.tollgate.trading.exchange.internal.calls.Signer;
import io.tollgate.trading.exchange.internal.calls.Venue;
import io.tollgate.trading.exchange.internal.rates.RateBudgets;
import io.tollgate.trading.exchange.internal.wire.Wire;
import io.vertx.core.http.WebSocketClient;
import java.time.InstantSource;

/** One kind of OKX's markets, put together. */
public final class OkxVenue implements Venue {
  private final OkxCalls calls;
  private final OkxMarketData market;
  private final WebSocketClient sockets;
  private final ExchangeTimes times;

  /**
   * @param way out to it: empty, or the proxy's address
   */
  public OkxVenue(
      MarketType type,
      ExchangeAddresses addresses,
      String way,
      Wire wire,
      WebSocketClient sockets,
      RateBudgets budgets,
      ExchangeTimes times,
      InstantSource clock) {
    OkxSite site =
        new OkxSite(type, addresses.okx(), addresses.okxEvents(), addresses.okxSimulated(), way);
    ExchangeCaller caller = new ExchangeCaller(wire, budgets, new OkxFaults());
    calls = new OkxCalls(site, caller, new ExchangeClock(clock), times.deadline());
    market = new OkxMarketData(calls, clock);
    this.sockets = sockets;
    this.times = times;
  }

  @Override
  public MarketData market() {
    return market;
  }

  @Override
  public TradingAccount account(Signer signer) {
    return new OkxAccount(calls, market, sockets, signer, times);
  }
}

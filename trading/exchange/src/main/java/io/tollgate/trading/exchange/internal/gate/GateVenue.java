package io.tollgate.trading.exchange.internal.gate;

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

/** One kind of Gate's markets, put together. */
public final class GateVenue implements Venue {
  private final GateCalls calls;
  private final GateMarketData market;
  private final WebSocketClient sockets;
  private final ExchangeTimes times;

  /**
   * @param way out to it: empty, or the proxy's address
   */
  public GateVenue(
      MarketType type,
      ExchangeAddresses addresses,
      String way,
      Wire wire,
      WebSocketClient sockets,
      RateBudgets budgets,
      ExchangeTimes times,
      InstantSource clock) {
    GateSite site =
        new GateSite(
            type,
            addresses.gate(),
            type == MarketType.SPOT ? addresses.gateSpotEvents() : addresses.gateFuturesEvents(),
            way);
    ExchangeCaller caller = new ExchangeCaller(wire, budgets, new GateFaults());
    calls = new GateCalls(site, caller, new ExchangeClock(clock), times.deadline());
    market = new GateMarketData(calls, clock);
    this.sockets = sockets;
    this.times = times;
  }

  @Override
  public MarketData market() {
    return market;
  }

  @Override
  public TradingAccount account(Signer signer) {
    return new GateAccount(calls, market, sockets, signer, times);
  }
}

package io.tollgate.trading.exchange.internal.binance;

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

/** One kind of Binance's markets, put together. */
public final class BinanceVenue implements Venue {
  private final BinanceCalls calls;
  private final BinanceMarketData market;
  private final ExchangeTimes times;
  private final WebSocketClient sockets;

  /**
   * @param way out to it: empty, or the proxy's address
   */
  public BinanceVenue(
      MarketType type,
      ExchangeAddresses addresses,
      String way,
      Wire wire,
      WebSocketClient sockets,
      RateBudgets budgets,
      ExchangeTimes times,
      InstantSource clock) {
    BinanceSite site =
        new BinanceSite(
            type,
            type == MarketType.SPOT ? addresses.binanceSpot() : addresses.binanceFutures(),
            addresses.binanceSpot(),
            type == MarketType.SPOT
                ? addresses.binanceSpotEvents()
                : addresses.binanceFuturesEvents(),
            way);
    ExchangeCaller caller = new ExchangeCaller(wire, budgets, new BinanceFaults(type));
    calls = new BinanceCalls(site, caller, new ExchangeClock(clock), times.deadline());
    market = new BinanceMarketData(calls, clock);
    this.times = times;
    this.sockets = sockets;
  }

  @Override
  public MarketData market() {
    return market;
  }

  @Override
  public TradingAccount account(Signer signer) {
    return new BinanceAccount(calls, sockets, signer, times);
  }
}

package io.tollgate.trading.exchange.internal.binance;

import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.internal.calls.BudgetNames;
import java.net.URI;

/**
 * Where one kind of Binance's markets is.
 *
 * @param origin of the market's REST calls
 * @param accountOrigin of what concerns the whole account, which is the spot market's
 * @param events of the market's private streams
 * @param way out to it: empty, or the proxy's address, as Binance counts by address
 */
public record BinanceSite(
    MarketType market, URI origin, URI accountOrigin, URI events, String way) {
  /** The path of a call of the market's newest common version. */
  String path(String call) {
    return switch (market) {
      case SPOT -> "/api/v3/" + call;
      case FUTURE -> "/fapi/v1/" + call;
    };
  }

  BudgetNames names(String key) {
    return new BudgetNames(origin.getAuthority() + way, key);
  }
}

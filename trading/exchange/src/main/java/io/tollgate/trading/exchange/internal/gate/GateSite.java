package io.tollgate.trading.exchange.internal.gate;

import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.internal.calls.BudgetNames;
import java.net.URI;

/**
 * Where one kind of Gate's markets is.
 *
 * @param events of the market's private channels, with the path
 * @param way out to it: empty, or the proxy's address
 */
public record GateSite(MarketType market, URI origin, URI events, String way) {
  String path(String call) {
    return switch (market) {
      case SPOT -> "/api/v4/spot/" + call;
      case FUTURE -> "/api/v4/futures/usdt/" + call;
    };
  }

  String name(Symbol symbol) {
    return symbol.joinedBy("_");
  }

  /** How a pair is called among parameters. */
  String pair() {
    return switch (market) {
      case SPOT -> "currency_pair";
      case FUTURE -> "contract";
    };
  }

  BudgetNames names(String key) {
    return new BudgetNames(origin.getAuthority() + way, key);
  }
}

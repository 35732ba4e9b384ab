package io.tollgate.trading.exchange.internal.okx;

import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.internal.calls.BudgetNames;
import java.net.URI;

/**
 * Where one kind of OKX's markets is.
 *
 * @param events of private channels
 * @param simulated whether OKX's own demo trading is meant
 * @param way out to it: empty, or the proxy's address
 */
public record OkxSite(MarketType market, URI origin, URI events, boolean simulated, String way) {
  String instrumentType() {
    return switch (market) {
      case SPOT -> "SPOT";
      case FUTURE -> "SWAP";
    };
  }

  String name(Symbol symbol) {
    return switch (market) {
      case SPOT -> symbol.joinedBy("-");
      case FUTURE -> symbol.joinedBy("-") + "-SWAP";
    };
  }

  BudgetNames names(String key) {
    return new BudgetNames(origin.getAuthority() + way, key);
  }
}

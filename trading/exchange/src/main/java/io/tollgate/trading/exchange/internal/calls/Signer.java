package io.tollgate.trading.exchange.internal.calls;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.TradingKey;

/**
 * Who signs.
 *
 * @param name what the key's budgets are counted by here; not the key
 */
public record Signer(TradingKey key, String name) {
  public Signer {
    requireNonNull(key, "key is null");
    requireNonNull(name, "name is null");
  }
}

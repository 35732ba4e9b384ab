package io.tollgate.trading.exchange.internal.calls;

import io.tollgate.trading.exchange.internal.rates.Cost;
import java.time.Duration;

/**
 * Whose budgets a call uses.
 *
 * @param address the exchange's host, and the way out to it: what is counted and held together
 * @param key what the key is known by here, which is not the key; empty for what anybody may ask
 */
public record BudgetNames(String address, String key) {
  /** A cost that is counted by address. */
  public Cost byAddress(String what, int amount, long limit, Duration window) {
    return new Cost(address + " " + what, amount, limit, window);
  }

  /** A cost that is counted by key. */
  public Cost byKey(String what, int amount, long limit, Duration window) {
    return new Cost(keyed(what), amount, limit, window);
  }

  /** The name of a budget that is counted by key. */
  public String keyed(String what) {
    return address + " " + what + " " + key;
  }
}

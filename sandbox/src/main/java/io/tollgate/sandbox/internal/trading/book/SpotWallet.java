package io.tollgate.sandbox.internal.trading.book;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Coins of an account; what open orders need of them is locked. Confined to the event loop. */
public final class SpotWallet {
  /** What is there of a coin, both parts >= 0. */
  public record Balance(BigDecimal free, BigDecimal locked) {
    static final Balance NOTHING = new Balance(BigDecimal.ZERO, BigDecimal.ZERO);
  }

  private final Map<String, Balance> balances = new LinkedHashMap<>();

  public Map<String, Balance> balances() {
    return Map.copyOf(balances);
  }

  public Balance of(String coin) {
    return balances.getOrDefault(coin, Balance.NOTHING);
  }

  void put(String coin, Balance balance) {
    balances.put(coin, balance);
  }

  void add(String coin, BigDecimal amount) {
    Balance before = of(coin);
    put(coin, checked(coin, new Balance(before.free.add(amount), before.locked)));
  }

  /** Moves between free and locked; negative: back. */
  void lock(String coin, BigDecimal amount) {
    Balance before = of(coin);
    put(coin, checked(coin, new Balance(before.free.subtract(amount), before.locked.add(amount))));
  }

  void takeLocked(String coin, BigDecimal amount) {
    Balance before = of(coin);
    put(coin, checked(coin, new Balance(before.free, before.locked.subtract(amount))));
  }

  private static Balance checked(String coin, Balance after) {
    if (after.free.signum() < 0 || after.locked.signum() < 0) {
      throw new IllegalStateException(coin + ": " + after + " (expected: nothing below zero)");
    }
    return after;
  }
}

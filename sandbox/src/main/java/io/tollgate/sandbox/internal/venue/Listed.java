package io.tollgate.sandbox.internal.venue;

import java.math.BigDecimal;

/**
 * What is traded: a pair, or the perpetual contract on it.
 *
 * @param contractSize base coin of a contract; 1 for a pair
 * @param tick of prices
 * @param step of quantities, in the base coin
 * @param least quantity, in the base coin
 */
public record Listed(
    String base,
    boolean contract,
    BigDecimal contractSize,
    BigDecimal tick,
    BigDecimal step,
    BigDecimal least) {
  /** How the pair is known here. */
  public String name() {
    return base + "/USDT" + (contract ? ":USDT" : "");
  }
}

package io.tollgate.sandbox.internal.trading.market;

import java.math.BigDecimal;

/**
 * What is traded on one of the markets, and its filters.
 *
 * @param tick prices are multiples of it
 * @param step quantities are multiples of it, and at least it
 * @param most largest quantity of a limit order
 * @param mostAtMarket largest quantity of a market order
 * @param leastNotional in the quote coin
 */
public record Instrument(
    Market market,
    String symbol,
    String base,
    String quote,
    BigDecimal tick,
    BigDecimal step,
    BigDecimal most,
    BigDecimal mostAtMarket,
    BigDecimal leastNotional) {
  /** Lowest price that can be asked for. */
  public BigDecimal leastPrice() {
    return tick;
  }

  /** Highest price that can be asked for, far above any that the market has. */
  public BigDecimal mostPrice() {
    return BigDecimal.valueOf(10_000_000);
  }

  public int priceDecimals() {
    return tick.stripTrailingZeros().scale();
  }

  public int quantityDecimals() {
    return Math.max(0, step.stripTrailingZeros().scale());
  }
}

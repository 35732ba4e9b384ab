package io.tollgate.sandbox.internal.trading.book;

/**
 * How an account trades a futures symbol.
 *
 * @param leverage 1..125
 * @param isolated whether each position has its own margin
 */
public record SymbolTerms(int leverage, boolean isolated) {
  public static final int MOST_LEVERAGE = 125;
  static final SymbolTerms DEFAULT = new SymbolTerms(20, false);
}

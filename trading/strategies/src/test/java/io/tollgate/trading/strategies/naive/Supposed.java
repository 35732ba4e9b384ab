package io.tollgate.trading.strategies.naive;

import org.jspecify.annotations.Nullable;

/** What a rule has opened and not seen end: by its own word, or at a level. */
final class Supposed {
  private @Nullable Said bought;
  private @Nullable Said sold;

  void pass(double high, double low) {
    if (bought != null && (low <= bought.stop() || high >= bought.target())) {
      bought = null;
    }
    if (sold != null && (high >= sold.stop() || low <= sold.target())) {
      sold = null;
    }
  }

  @Nullable Said open(@Nullable Said said) {
    if (said != null && said.side() > 0 && bought == null) {
      bought = said;
    }
    if (said != null && said.side() < 0 && sold == null) {
      sold = said;
    }
    return said;
  }

  boolean isLong() {
    return bought != null;
  }

  boolean isShort() {
    return sold != null;
  }

  void endLong() {
    bought = null;
  }

  void endShort() {
    sold = null;
  }
}

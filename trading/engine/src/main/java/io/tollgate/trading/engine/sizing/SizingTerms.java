package io.tollgate.trading.engine.sizing;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.RiskMode;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What decides how much one trade is for.
 *
 * @param capital in USDT: the binding's own, else that of the strategy it follows
 * @param leverage at least 1
 * @param ratio how much of what it would trade it does trade, in percent, 1 to 100
 * @param maxLoss in USDT, more than 0, where the amount follows from what may be lost; empty: it
 *     follows from the capital
 */
public record SizingTerms(
    BigDecimal capital, int leverage, RiskMode riskMode, int ratio, Optional<BigDecimal> maxLoss) {
  public SizingTerms {
    requireNonNull(capital, "capital is null");
    requireNonNull(riskMode, "riskMode is null");
    requireNonNull(maxLoss, "maxLoss is null");
    within("leverage", leverage, 1, 125);
    within("ratio", ratio, 1, 100);
    // no loss at all would be no trade at all: it counts as not set
    maxLoss = maxLoss.filter(loss -> loss.signum() > 0);
  }

  private static void within(String name, int given, int least, int most) {
    if (given < least || given > most) {
      throw new IllegalArgumentException(
          name + ": " + given + " (expected: " + least + " to " + most + ")");
    }
  }
}

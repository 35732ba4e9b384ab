package io.tollgate.tests.crash;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What the demo's model costs, by its provider's price list, computed apart from the program. */
final class Prices {
  static final String MODEL = "gpt-4o-mini";

  /** Nano dollars per token. */
  private static final long INPUT = 150;

  private static final long CACHED = 75;
  private static final long OUTPUT = 600;

  private Prices() {}

  /** Nano dollars of a use of which quotas have paid some tokens: one rounding, half even. */
  static long price(Usage usage, long quotaTokens) {
    long full =
        (usage.input() - usage.cached()) * INPUT
            + usage.cached() * CACHED
            + usage.output() * OUTPUT;
    long tokens = usage.input() + usage.output();
    if (tokens == 0) {
      return 0;
    }
    return BigDecimal.valueOf(full)
        .multiply(BigDecimal.valueOf(tokens - quotaTokens))
        .divide(BigDecimal.valueOf(tokens), 0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }
}

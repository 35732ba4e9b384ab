package io.tollgate.tests.crash;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** What models cost, by their providers' price lists, computed apart from the program. */
final class Prices {
  static final String MODEL = "gpt-4o-mini";
  static final String CLAUDE = "claude-sonnet-4-5";

  /** Nano dollars per token. */
  private record Of(long input, long cached, long output) {}

  private static final Map<String, Of> PRICES =
      Map.of(MODEL, new Of(150, 75, 600), CLAUDE, new Of(3_000, 300, 15_000));

  private Prices() {}

  /** Nano dollars of a use of which quotas have paid some tokens: one rounding, half even. */
  static long price(Usage usage, long quotaTokens) {
    return price(MODEL, usage, quotaTokens);
  }

  static long price(String model, Usage usage, long quotaTokens) {
    Of of = requireNonNull(PRICES.get(model), model);
    long full =
        (usage.input() - usage.cached()) * of.input
            + usage.cached() * of.cached
            + usage.output() * of.output;
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

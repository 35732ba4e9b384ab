package io.tollgate.billing.internal.prices;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.TokenPrice;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.Asset;
import io.tollgate.metering.PriceQuote;

/**
 * A quote at list price. The charge is {@code S × (T − covered) / (T × 1,000,000)}, where S sums
 * tokens × nano USD per million tokens over the kinds, and T is input and output tokens.
 *
 * <p>Bounds: at most 10^9 input and 10^9 output tokens ({@link TokenUsage#MOST}) at 10^15 ({@link
 * TokenPrice#MOST}), so S ≤ 2·10^24, S × T ≤ 4·10^33 &lt; 2^127, T × 10^6 ≤ 2·10^15 &lt; 2^63, and
 * the charge ≤ 2·10^18 &lt; 2^63.
 */
public final class ListQuote implements PriceQuote {
  private static final long MILLION = 1_000_000L;

  private final QuoteTerms terms;
  private final String version;

  public ListQuote(QuoteTerms terms) {
    this.terms = requireNonNull(terms, "terms is null");
    this.version = QuoteVersion.write(terms);
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Asset currency() {
    return terms.currency();
  }

  @Override
  public long price(TokenUsage usage, long covered) {
    long total = requireCovered(usage, covered);
    return total == 0
        ? 0
        : sum(usage).times(total - covered).dividedHalfEven(Math.multiplyExact(total, MILLION));
  }

  @Override
  public long estimate(TokenUsage usage, long covered) {
    long total = requireCovered(usage, covered);
    return total == 0
        ? 0
        : sum(usage).times(total - covered).dividedUp(Math.multiplyExact(total, MILLION));
  }

  private WideProduct sum(TokenUsage usage) {
    TokenPrice price = terms.priceFor(usage.input());
    long plainInput = usage.input() - usage.cached() - usage.cacheWrite();
    long plainOutput = usage.output() - usage.reasoning();
    return WideProduct.product(plainInput, price.input())
        .plus(WideProduct.product(usage.cached(), price.cacheRead()))
        .plus(WideProduct.product(usage.cacheWrite(), price.cacheWrite()))
        .plus(WideProduct.product(plainOutput, price.output()))
        .plus(WideProduct.product(usage.reasoning(), price.reasoning()));
  }

  private static long requireCovered(TokenUsage usage, long covered) {
    long total = usage.total();
    if (covered < 0 || covered > total) {
      throw new IllegalArgumentException(
          "covered tokens: " + covered + " (expected: 0 to " + total + ")");
    }
    return total;
  }
}

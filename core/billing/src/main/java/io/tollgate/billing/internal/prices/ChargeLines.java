package io.tollgate.billing.internal.prices;

import io.tollgate.billing.ChargedPart;
import io.tollgate.billing.ExplainedCharge;
import io.tollgate.billing.ExplainedCharge.Line;
import io.tollgate.billing.KindPrices;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Amount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Takes a charge apart. A charge is rounded once, as a whole: each line is rounded down, and what
 * is missing to the whole goes to those that lost the most, a unit each.
 */
public final class ChargeLines {
  private static final int NANO = 9;
  private static final int MILLION_DIGITS = 6;

  private ChargeLines() {}

  /** See {@link ExplainedCharge#of}. */
  public static Optional<ExplainedCharge> explain(
      String version, TokenUsage usage, long quotaTokens) {
    QuoteTerms terms;
    ListQuote quote;
    long full;
    long charge;
    try {
      terms = QuoteVersion.read(version);
      quote = new ListQuote(terms);
      full = quote.price(usage, 0);
      charge = quote.price(usage, quotaTokens);
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
    return Optional.of(
        new ExplainedCharge(
            lines(terms, usage, full),
            new Amount(terms.currency(), full),
            quotaTokens,
            new Amount(terms.currency(), full - charge),
            new Amount(terms.currency(), charge)));
  }

  private static List<Line> lines(QuoteTerms terms, TokenUsage usage, long full) {
    KindPrices prices = terms.price().pricesFor(usage.input());
    BigDecimal multiplier =
        terms
            .multipliers()
            .tenant()
            .multiply(terms.multipliers().user())
            .multiply(terms.part().map(ChargedPart::share).orElse(BigDecimal.ONE))
            .stripTrailingZeros();
    List<Exact> exact = new ArrayList<>();
    usage.forEach(
        (kind, count) ->
            exact.add(
                new Exact(
                    kind,
                    count,
                    BigDecimal.valueOf(count)
                        .multiply(BigDecimal.valueOf(prices.perMillion(kind)))
                        .movePointLeft(MILLION_DIGITS)
                        .multiply(multiplier))));
    long left = full - exact.stream().mapToLong(Exact::floor).sum();
    List<Exact> byLoss =
        exact.stream().sorted(Comparator.comparing(Exact::lost).reversed()).limit(left).toList();
    return exact.stream()
        .map(
            each ->
                new Line(
                    each.kind(),
                    each.count(),
                    BigDecimal.valueOf(prices.perMillion(each.kind()), NANO).stripTrailingZeros(),
                    multiplier,
                    new Amount(terms.currency(), each.floor() + (byLoss.contains(each) ? 1 : 0))))
        .toList();
  }

  /**
   * What a kind costs, unrounded.
   *
   * @param units smallest units of the currency, which are billionths as those of the list are
   */
  private record Exact(UsageKind kind, long count, BigDecimal units) {
    long floor() {
      return units.setScale(0, RoundingMode.FLOOR).longValueExact();
    }

    BigDecimal lost() {
      return units.subtract(BigDecimal.valueOf(floor()));
    }
  }
}

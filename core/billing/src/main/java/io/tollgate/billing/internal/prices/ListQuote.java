package io.tollgate.billing.internal.prices;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ChargedPart;
import io.tollgate.billing.KindPrices;
import io.tollgate.billing.PriceMultipliers;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Asset;
import io.tollgate.metering.PriceQuote;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A quote made of list prices. The charge is {@code (S × (T − covered) + U × T) / (T × 1,000,000)},
 * where S sums tokens × nano USD per million over the kinds that a token quota covers, U the same
 * over all other kinds, which no token pays for, and T is input and output tokens; without tokens
 * it is {@code U / 1,000,000}.
 *
 * <p>Bounds: at most 10^9 input and 10^9 output tokens ({@link TokenUsage#MAX_TOKENS}) at 10^15
 * ({@link KindPrices#MAX_PER_MILLION_TOKENS}), and 10^8 other units ({@link
 * TokenUsage#MAX_OTHER_UNITS}) at 10^16 ({@link KindPrices#MAX_PER_MILLION_OTHERS}); so S ≤
 * 2·10^24, U ≤ 10^24, S × T + U × T ≤ 6·10^33 &lt; 2^127, T × 10^6 ≤ 2·10^15 &lt; 2^63, and the
 * charge ≤ 3·10^18 &lt; 2^63.
 *
 * <p>Where only a part is charged ({@link io.tollgate.billing.ChargedPart}), T is that part of the
 * tokens, rounded up, and the whole is multiplied by the part before it is rounded; what is left
 * without tokens, U, in the same way.
 *
 * <p>For a caller with multipliers the whole is multiplied by their product before it is rounded. A
 * quote is made only where each price, so multiplied, stays within the bounds of a price, so that
 * the charge does as well; the products are larger than 127 bits then, and are computed without a
 * bound.
 */
public final class ListQuote implements PriceQuote {
  private static final long MILLION = 1_000_000L;
  private static final int MILLION_DIGITS = 6;
  private static final List<UsageKind> KINDS = UsageKind.all();
  private static final BigInteger PART_UNIT =
      PriceMultipliers.UNIT.multiply(BigInteger.TEN.pow(ChargedPart.MAX_DECIMALS));

  private final QuoteTerms terms;
  private final boolean multiplied;
  private final BigInteger multiplier;
  private final BigInteger unit;
  private final boolean perRequest;
  private final String version;

  /**
   * @throws IllegalArgumentException when a price leaves its bounds by being multiplied
   */
  public ListQuote(QuoteTerms terms) {
    this.terms = requireNonNull(terms, "terms is null");
    this.multiplied = !terms.multipliers().isNone() || terms.part().isPresent();
    this.multiplier = terms.multipliers().scaled().multiply(partUnits());
    this.unit = terms.part().isPresent() ? PART_UNIT : PriceMultipliers.UNIT;
    if (!terms.multipliers().isNone()) {
      requireBounded(terms.price().usual());
      terms.price().longContext().ifPresent(price -> requireBounded(price.prices()));
    }
    this.perRequest = terms.price().usual().has(UsageKind.REQUESTS);
    this.version = QuoteVersion.write(terms);
  }

  /** The part that is charged, in units of its smallest share; one where all of it is. */
  private BigInteger partUnits() {
    return terms
        .part()
        .map(part -> part.share().setScale(ChargedPart.MAX_DECIMALS).unscaledValue())
        .orElse(BigInteger.ONE);
  }

  private void requireBounded(KindPrices prices) {
    BigInteger multiples = terms.multipliers().scaled();
    for (UsageKind kind : KINDS) {
      BigInteger price = BigInteger.valueOf(prices.perMillion(kind)).multiply(multiples);
      BigInteger max = BigInteger.valueOf(KindPrices.max(kind)).multiply(PriceMultipliers.UNIT);
      if (price.compareTo(max) > 0) {
        throw new IllegalArgumentException(
            "%s of %s times %s (expected: at most %d nano USD per million)"
                .formatted(kind.code(), terms.model(), terms.multipliers(), KindPrices.max(kind)));
      }
    }
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
  public long payableTokens(TokenUsage usage) {
    return terms.part().isEmpty() ? usage.total() : payablePart(usage.total());
  }

  private long payablePart(long tokens) {
    BigInteger[] whole =
        BigInteger.valueOf(tokens)
            .multiply(partUnits())
            .divideAndRemainder(BigInteger.TEN.pow(ChargedPart.MAX_DECIMALS));
    return whole[0].longValueExact() + whole[1].signum();
  }

  @Override
  public long price(TokenUsage usage, long covered) {
    WideProduct share = share(usage, covered);
    return multiplied
        ? divided(share, divisor(usage), RoundingMode.HALF_EVEN)
        : share.dividedHalfEven(divisor(usage));
  }

  /** What the usage costs at list price, unrounded. */
  BigDecimal exactPrice(TokenUsage usage) {
    KindPrices prices = terms.price().pricesFor(usage.input());
    WideProduct sum = sum(usage, prices, true).plus(sum(usage, prices, false));
    return new BigDecimal(sum.exact(), MILLION_DIGITS);
  }

  @Override
  public long estimate(TokenUsage usage, long covered) {
    WideProduct share = share(usage, covered);
    return multiplied
        ? divided(share, divisor(usage), RoundingMode.CEILING)
        : share.dividedUp(divisor(usage));
  }

  @Override
  public boolean perRequest() {
    return perRequest;
  }

  @Override
  public Set<UsageKind> withoutPrice(TokenUsage usage) {
    if (usage.otherUnits() == 0) {
      // on the way of every request: each kind of token costs at least what text does
      return Set.of();
    }
    KindPrices prices = terms.price().pricesFor(usage.input());
    Set<UsageKind> free = EnumSet.noneOf(UsageKind.class);
    usage.forEach(
        (kind, _) -> {
          if (!prices.has(kind)) {
            free.add(kind);
          }
        });
    return free;
  }

  private long divided(WideProduct share, long divisor, RoundingMode rounding) {
    BigInteger dividend = share.exact().multiply(multiplier);
    BigInteger all = BigInteger.valueOf(divisor).multiply(unit);
    return new BigDecimal(dividend).divide(new BigDecimal(all), 0, rounding).longValueExact();
  }

  private long divisor(TokenUsage usage) {
    return Math.multiplyExact(Math.max(1, payableTokens(usage)), MILLION);
  }

  private WideProduct share(TokenUsage usage, long covered) {
    long total = requireCovered(usage, covered);
    KindPrices prices = terms.price().pricesFor(usage.input());
    WideProduct share = sum(usage, prices, true).times(total - covered);
    return usage.otherUnits() == 0
        ? share
        : share.plus(sum(usage, prices, false).times(Math.max(1, total)));
  }

  private static WideProduct sum(TokenUsage usage, KindPrices prices, boolean coveredByQuota) {
    WideProduct sum = WideProduct.ZERO;
    for (int i = 0; i < KINDS.size(); i++) {
      UsageKind kind = KINDS.get(i);
      long count = usage.count(kind);
      if (count != 0 && kind.unit().coveredByQuota() == coveredByQuota) {
        sum = sum.plus(WideProduct.product(count, prices.perMillion(kind)));
      }
    }
    return sum;
  }

  private long requireCovered(TokenUsage usage, long covered) {
    long total = payableTokens(usage);
    if (covered < 0 || covered > total) {
      throw new IllegalArgumentException(
          "covered tokens: " + covered + " (expected: 0 to " + total + ")");
    }
    return total;
  }
}

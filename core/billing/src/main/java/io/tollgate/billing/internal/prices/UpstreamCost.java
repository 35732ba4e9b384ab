package io.tollgate.billing.internal.prices;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ChargedPart;
import io.tollgate.billing.ChargedPart.Reason;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.TokenUsage;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.ServedUsage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Computes what upstreams charge for requests: the usage at the cost of the model that was asked of
 * the upstream, where that is a known one, else of the model that the caller asked for; at the time
 * of the request, in the tier of its price, times the account's factor. Rounded once, half even.
 */
public final class UpstreamCost {
  private static final BigDecimal MAX = BigDecimal.valueOf(QuoteBook.MAX_UPSTREAM_COST);
  private static final int MAX_VERSIONS = 10_000;

  private final PriceTimelines timelines;
  private final Map<String, Optional<Sold>> versions = new ConcurrentHashMap<>();

  public UpstreamCost(PriceTimelines timelines) {
    this.timelines = requireNonNull(timelines, "timelines is null");
  }

  /**
   * What a price version says of the request.
   *
   * @param asked whether an upstream was
   */
  private record Sold(String model, ServiceTier tier, boolean asked) {}

  /**
   * Nano USD; nothing where it is not known.
   *
   * @param factor what the account charges, as a multiple of the model's cost
   */
  public OptionalLong cost(ServedUsage served, BigDecimal factor) {
    TokenUsage usage = served.usage();
    if (usage.total() == 0 && usage.otherUnits() == 0) {
      return OptionalLong.of(0);
    }
    Optional<Sold> sold = sold(served.priceVersion());
    if (sold.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!sold.get().asked()) {
      return OptionalLong.of(0);
    }
    return timelines
        .find(served.upstreamModel(), served.at())
        .or(() -> timelines.find(sold.get().model(), served.at()))
        .flatMap(price -> price.costQuote(sold.get().tier()))
        .map(quote -> cost(quote, usage, factor))
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  private static long cost(ListQuote quote, TokenUsage usage, BigDecimal factor) {
    if (factor.equals(BigDecimal.ONE)) {
      // most accounts: the same without decimals
      return Math.min(quote.price(usage, 0), QuoteBook.MAX_UPSTREAM_COST);
    }
    BigDecimal cost = quote.exactPrice(usage).multiply(factor).setScale(0, RoundingMode.HALF_EVEN);
    return cost.min(MAX).max(BigDecimal.ZERO).longValueExact();
  }

  private Optional<Sold> sold(String version) {
    Optional<Sold> known = versions.get(version);
    if (known != null) {
      return known;
    }
    Optional<Sold> read;
    try {
      QuoteTerms terms = QuoteVersion.read(version);
      boolean asked =
          terms.part().map(ChargedPart::reason).filter(Reason.CACHE_HIT::equals).isEmpty();
      read = Optional.of(new Sold(terms.model(), terms.tier(), asked));
    } catch (IllegalArgumentException _) {
      // a version of another build: the charge stands, what it cost us is not known
      read = Optional.empty();
    }
    if (versions.size() >= MAX_VERSIONS) {
      versions.clear();
    }
    versions.put(version, read);
    return read;
  }
}

package io.tollgate.edge.admin;

import io.tollgate.billing.CurrentPrice;
import io.tollgate.billing.KindPrices;
import io.tollgate.billing.LongContextPrice;
import io.tollgate.billing.PricePreview;
import io.tollgate.billing.TierPrice;
import io.tollgate.billing.WrittenPrices;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.UsageKind;
import io.tollgate.metering.UsageQueries.ModelCallers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a price would earn, and whom it concerns.
 *
 * @param isNew whether the model is not sold without it
 * @param nextFrom when its next price takes its place; null where there is none
 * @param accounts that may serve the model
 * @param belowCost whether anything of it would be sold for less than it costs somewhere
 * @param tenants whose users have asked for the model in the last 30 days, and how many users and
 *     requests these were
 */
record PricePreviewRow(
    String model,
    boolean isNew,
    Instant effectiveFrom,
    @Nullable Instant nextFrom,
    String currency,
    List<Line> prices,
    boolean belowCost,
    int accounts,
    long tenants,
    long users,
    long requests) {
  private static final int SHARE_DECIMALS = 4;

  /**
   * One kind of usage.
   *
   * @param unit {@code million} or {@code each}
   * @param before what it costs without the sheet; null where it is not sold
   * @param cost what it costs us where it costs most, and {@code lowestCost} where least; null
   *     where that is not known
   * @param margin price less cost
   * @param marginShare of the price; null where that is nothing
   */
  record Line(
      String tier,
      boolean longContext,
      String kind,
      String unit,
      @Nullable BigDecimal before,
      BigDecimal price,
      @Nullable BigDecimal cost,
      @Nullable BigDecimal lowestCost,
      @Nullable BigDecimal margin,
      @Nullable BigDecimal marginShare) {}

  /**
   * @param factors what each account that may serve it charges, as a multiple of what the model
   *     costs
   */
  static PricePreviewRow of(PricePreview preview, List<BigDecimal> factors, ModelCallers callers) {
    CurrentPrice after = preview.after();
    Factors between = Factors.of(factors);
    List<Line> lines = new ArrayList<>();
    after
        .model()
        .tiers()
        .forEach(
            (tier, price) -> {
              Optional<TierPrice> before =
                  preview.before().flatMap(was -> tier(was.model().tiers(), tier));
              Optional<TierPrice> cost = after.upstreamCost().flatMap(costs -> tier(costs, tier));
              add(
                  lines,
                  new Place(tier.name(), false),
                  before.map(TierPrice::usual),
                  price.usual(),
                  cost.map(TierPrice::usual),
                  between);
              price
                  .longContext()
                  .ifPresent(
                      longer ->
                          add(
                              lines,
                              new Place(tier.name(), true),
                              before.map(PricePreviewRow::ofLong),
                              longer.prices(),
                              cost.map(PricePreviewRow::ofLong),
                              between));
            });
    return new PricePreviewRow(
        after.model().id(),
        preview.before().isEmpty(),
        after.from(),
        after.nextFrom().orElse(null),
        "USD",
        lines,
        lines.stream().anyMatch(line -> line.margin() != null && line.margin().signum() < 0),
        factors.size(),
        callers.tenants(),
        callers.users(),
        callers.requests());
  }

  private record Place(String tier, boolean longContext) {}

  /** The least and the most that accounts charge. */
  private record Factors(BigDecimal least, BigDecimal most) {
    static Factors of(List<BigDecimal> factors) {
      return new Factors(
          factors.stream().min(Comparator.naturalOrder()).orElse(BigDecimal.ONE),
          factors.stream().max(Comparator.naturalOrder()).orElse(BigDecimal.ONE));
    }
  }

  private static Optional<TierPrice> tier(Map<ServiceTier, TierPrice> tiers, ServiceTier tier) {
    return Optional.ofNullable(tiers.get(tier));
  }

  /** What a long input costs where it has no prices of its own. */
  private static KindPrices ofLong(TierPrice price) {
    return price.longContext().map(LongContextPrice::prices).orElse(price.usual());
  }

  private static void add(
      List<Line> lines,
      Place place,
      Optional<KindPrices> before,
      KindPrices price,
      Optional<KindPrices> cost,
      Factors factors) {
    for (UsageKind kind : UsageKind.all()) {
      boolean own =
          price.own(kind).isPresent()
              || before.flatMap(prices -> own(prices, kind)).isPresent()
              || cost.flatMap(prices -> own(prices, kind)).isPresent();
      if (own && price.has(kind)) {
        lines.add(line(place, kind, usd(before, kind), usd(price, kind), usd(cost, kind), factors));
      }
    }
  }

  private static Line line(
      Place place,
      UsageKind kind,
      Optional<BigDecimal> before,
      BigDecimal price,
      Optional<BigDecimal> cost,
      Factors factors) {
    Optional<BigDecimal> most = cost.map(each -> plain(each.multiply(factors.most())));
    Optional<BigDecimal> margin = most.map(each -> plain(price.subtract(each)));
    return new Line(
        place.tier(),
        place.longContext(),
        kind.code(),
        WrittenPrices.isByThePiece(kind) ? "each" : "million",
        before.orElse(null),
        price,
        most.orElse(null),
        cost.map(each -> plain(each.multiply(factors.least()))).orElse(null),
        margin.orElse(null),
        margin
            .filter(_ -> price.signum() > 0)
            .map(each -> each.divide(price, SHARE_DECIMALS, RoundingMode.HALF_EVEN))
            .orElse(null));
  }

  private static Optional<Long> own(KindPrices prices, UsageKind kind) {
    return prices.own(kind).isPresent()
        ? Optional.of(prices.own(kind).getAsLong())
        : Optional.empty();
  }

  private static Optional<BigDecimal> usd(Optional<KindPrices> prices, UsageKind kind) {
    return prices.filter(each -> each.has(kind)).map(each -> usd(each, kind));
  }

  private static BigDecimal usd(KindPrices prices, UsageKind kind) {
    return WrittenPrices.usd(kind, prices.perMillion(kind));
  }

  private static BigDecimal plain(BigDecimal exact) {
    BigDecimal stripped = exact.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}

package io.tollgate.edge.admin;

import io.tollgate.billing.CurrentPrice;
import io.tollgate.billing.KindPrices;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.UsageKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is earned of a model at list price. */
final class ModelMargins {
  private static final int DECIMALS = 4;

  private ModelMargins() {}

  /** The share of a kind's price that is earned; null where the cost is not known or nothing is. */
  static @Nullable BigDecimal share(CurrentPrice price, UsageKind kind) {
    long sold = price.model().standard().usual().perMillion(kind);
    return price
        .upstreamCost()
        .flatMap(tiers -> Optional.ofNullable(tiers.get(ServiceTier.STANDARD)))
        .filter(cost -> sold > 0)
        .map(
            cost ->
                BigDecimal.valueOf(sold - cost.usual().perMillion(kind))
                    .divide(BigDecimal.valueOf(sold), DECIMALS, RoundingMode.HALF_EVEN))
        .orElse(null);
  }

  /** Whether anything of it is sold for less than it costs, in whichever tier. */
  static boolean isBelowCost(CurrentPrice price) {
    return price
        .upstreamCost()
        .map(
            costs ->
                price.model().tiers().entrySet().stream()
                    .anyMatch(
                        tier ->
                            Optional.ofNullable(costs.get(tier.getKey()))
                                .map(cost -> isBelow(tier.getValue().usual(), cost.usual()))
                                .orElse(false)))
        .orElse(false);
  }

  private static boolean isBelow(KindPrices price, KindPrices cost) {
    return UsageKind.all().stream()
        .anyMatch(
            kind ->
                price.has(kind)
                    && cost.has(kind)
                    && price.perMillion(kind) < cost.perMillion(kind));
  }
}

package io.tollgate.billing.internal.sheets;

import io.tollgate.billing.CurrentPrice;
import io.tollgate.billing.KindPrices;
import io.tollgate.billing.LongContextPrice;
import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.PriceImport.FieldChange;
import io.tollgate.billing.PriceImport.ModelChange;
import io.tollgate.billing.PriceImport.PriceChange;
import io.tollgate.billing.TierPrice;
import io.tollgate.billing.internal.prices.SoldModel;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.UsageKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;

/** Says kind by kind what differs between a model as it is sold and as it is wanted. */
final class PriceDifferences {
  private PriceDifferences() {}

  /**
   * What changes; empty when nothing does.
   *
   * @param before as it is sold; empty when it is not
   * @param listed what the price list says that it costs us, which holds where nothing is wanted
   */
  static Optional<ModelChange> of(
      Optional<CurrentPrice> before,
      SoldModel wanted,
      Optional<Map<ServiceTier, TierPrice>> listed) {
    List<PriceChange> prices = new ArrayList<>();
    compare(
        "price",
        before.map(price -> price.model().tiers()).orElse(Map.of()),
        wanted.model().tiers(),
        prices);
    compare(
        "upstream_cost",
        before.flatMap(CurrentPrice::upstreamCost).orElse(Map.of()),
        wanted.cost().or(() -> listed).orElse(Map.of()),
        prices);
    List<FieldChange> fields = fields(before.map(CurrentPrice::model), wanted.model());
    return prices.isEmpty() && fields.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ModelChange(
                wanted.model().id(),
                before.isEmpty(),
                OptionalLong.empty(),
                before.flatMap(CurrentPrice::nextFrom),
                prices,
                fields));
  }

  private static void compare(
      String what,
      Map<ServiceTier, TierPrice> before,
      Map<ServiceTier, TierPrice> after,
      List<PriceChange> changes) {
    TreeSet<ServiceTier> tiers = new TreeSet<>(before.keySet());
    tiers.addAll(after.keySet());
    for (ServiceTier tier : tiers) {
      Optional<TierPrice> was = Optional.ofNullable(before.get(tier));
      Optional<TierPrice> will = Optional.ofNullable(after.get(tier));
      compare(what, tier, false, was.map(TierPrice::usual), will.map(TierPrice::usual), changes);
      compare(
          what,
          tier,
          true,
          was.flatMap(TierPrice::longContext).map(LongContextPrice::prices),
          will.flatMap(TierPrice::longContext).map(LongContextPrice::prices),
          changes);
      Optional<BigDecimal> above = above(was);
      if (!above.equals(above(will))) {
        changes.add(
            new PriceChange(what, tier.name(), true, "above_input_tokens", above, above(will)));
      }
    }
  }

  private static Optional<BigDecimal> above(Optional<TierPrice> price) {
    return price
        .flatMap(TierPrice::longContext)
        .map(longer -> BigDecimal.valueOf(longer.aboveInputTokens()));
  }

  private static void compare(
      String what,
      ServiceTier tier,
      boolean longContext,
      Optional<KindPrices> before,
      Optional<KindPrices> after,
      List<PriceChange> changes) {
    for (UsageKind kind : UsageKind.all()) {
      Optional<BigDecimal> was = before.flatMap(prices -> usd(prices, kind));
      Optional<BigDecimal> will = after.flatMap(prices -> usd(prices, kind));
      if (!was.equals(will)) {
        changes.add(new PriceChange(what, tier.name(), longContext, kind.code(), was, will));
      }
    }
  }

  /** What it costs, of its own or as the kind that it falls back to. */
  private static Optional<BigDecimal> usd(KindPrices prices, UsageKind kind) {
    return prices.has(kind)
        ? Optional.of(PriceForm.usd(kind, prices.perMillion(kind)))
        : Optional.empty();
  }

  private static List<FieldChange> fields(Optional<ModelPrice> before, ModelPrice after) {
    Map<String, String> was = before.map(PriceDifferences::fields).orElse(Map.of());
    List<FieldChange> changes = new ArrayList<>();
    fields(after)
        .forEach(
            (field, value) -> {
              Optional<String> known = Optional.ofNullable(was.get(field));
              if (!known.equals(Optional.of(value))) {
                changes.add(new FieldChange(field, known, Optional.of(value)));
              }
            });
    return changes;
  }

  private static Map<String, String> fields(ModelPrice model) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("aliases", String.join(", ", model.aliases()));
    fields.put("platform", model.protocol().code());
    fields.put("owned_by", model.ownedBy());
    fields.put("created", model.created().toString());
    fields.put("context_tokens", Long.toString(model.contextTokens()));
    fields.put("max_output_tokens", Long.toString(model.maxOutputTokens()));
    return fields;
  }
}

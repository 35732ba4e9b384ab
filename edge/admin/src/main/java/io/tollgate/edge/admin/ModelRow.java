package io.tollgate.edge.admin;

import io.tollgate.billing.CurrentPrice;
import io.tollgate.billing.ModelPrice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model as it is sold at one time.
 *
 * @param origin the price list or price sheet its prices are of
 * @param effectiveFrom since when; null for the price list
 * @param nextFrom when its next price begins; null where there is none
 * @param price by the million and by the piece, as price lists write it
 * @param upstreamCost what it costs us, in the same form; null where that is not known
 */
record ModelRow(
    String id,
    List<String> aliases,
    String platform,
    String ownedBy,
    Instant created,
    long contextTokens,
    long maxOutputTokens,
    String origin,
    @Nullable Instant effectiveFrom,
    @Nullable Instant nextFrom,
    Map<String, Object> price,
    @Nullable Map<String, Object> upstreamCost) {
  static ModelRow of(CurrentPrice price) {
    ModelPrice model = price.model();
    return new ModelRow(
        model.id(),
        model.aliases(),
        model.protocol().code(),
        model.ownedBy(),
        model.created(),
        model.contextTokens(),
        model.maxOutputTokens(),
        price.origin(),
        price.from().equals(Instant.EPOCH) ? null : price.from(),
        price.nextFrom().orElse(null),
        PriceFields.of(model.tiers()),
        PriceFields.ofKnown(price.upstreamCost()));
  }
}

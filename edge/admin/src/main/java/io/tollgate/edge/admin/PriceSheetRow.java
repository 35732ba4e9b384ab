package io.tollgate.edge.admin;

import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.PriceSheet;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A price sheet as it is listed.
 *
 * @param model id of the model
 * @param price as price lists write it
 * @param upstreamCost what it costs us; null: what the price list says of the model
 * @param adminId who set it
 */
record PriceSheetRow(
    long id,
    String model,
    List<String> aliases,
    String platform,
    String ownedBy,
    Instant created,
    long contextTokens,
    long maxOutputTokens,
    Instant effectiveFrom,
    Map<String, Object> price,
    @Nullable Map<String, Object> upstreamCost,
    @Nullable Long adminId,
    Instant createdAt,
    Instant updatedAt) {
  static PriceSheetRow of(PriceSheet sheet) {
    ModelPrice model = sheet.model();
    return new PriceSheetRow(
        sheet.id(),
        model.id(),
        model.aliases(),
        model.protocol().code(),
        model.ownedBy(),
        model.created(),
        model.contextTokens(),
        model.maxOutputTokens(),
        sheet.effectiveFrom(),
        PriceFields.of(model.tiers()),
        PriceFields.ofKnown(sheet.upstreamCost()),
        boxed(sheet.admin()),
        sheet.createdAt(),
        sheet.updatedAt());
  }

  private static @Nullable Long boxed(OptionalLong value) {
    return value.isPresent() ? (Long) value.getAsLong() : null;
  }
}

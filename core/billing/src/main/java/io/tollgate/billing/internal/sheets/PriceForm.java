package io.tollgate.billing.internal.sheets;

import io.tollgate.billing.KindPrices;
import io.tollgate.billing.LongContextPrice;
import io.tollgate.billing.ModelPrice;
import io.tollgate.billing.TierPrice;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.UsageKind;
import io.tollgate.contracts.UsageUnit;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Writes prices in the form of a price list, as {@code prices/models.yaml} describes it: what is
 * written can be read again, and says the same.
 */
public final class PriceForm {
  private static final int NANO = 9;
  private static final int NANO_OF_MILLIONS = 15;

  private PriceForm() {}

  /** A row of a list. */
  public static SequencedMap<String, Object> row(
      ModelPrice model, Optional<Map<ServiceTier, TierPrice>> cost) {
    SequencedMap<String, Object> row = new LinkedHashMap<>();
    row.put("id", model.id());
    row.put("aliases", model.aliases());
    row.put("platform", model.protocol().code());
    row.put("owned_by", model.ownedBy());
    row.put("created", model.created().getEpochSecond());
    row.put("context_tokens", model.contextTokens());
    row.put("max_output_tokens", model.maxOutputTokens());
    row.putAll(prices(model.tiers()));
    cost.ifPresent(tiers -> row.put("upstream_cost", prices(tiers)));
    return row;
  }

  /** The prices by tier, the usual tier's fields at the top. */
  public static SequencedMap<String, Object> prices(Map<ServiceTier, TierPrice> tiers) {
    SequencedMap<String, Object> fields = new LinkedHashMap<>();
    SequencedMap<String, Object> others = new LinkedHashMap<>();
    tiers.forEach(
        (tier, price) -> {
          if (tier.equals(ServiceTier.STANDARD)) {
            fields.putAll(tier(price));
          } else {
            others.put(tier.name(), tier(price));
          }
        });
    if (!others.isEmpty()) {
      fields.put("tiers", others);
    }
    return fields;
  }

  private static SequencedMap<String, Object> tier(TierPrice price) {
    SequencedMap<String, Object> fields = new LinkedHashMap<>();
    fields.put("usd_per_million", kinds(price.usual(), false));
    Map<String, Object> each = kinds(price.usual(), true);
    if (!each.isEmpty()) {
      fields.put("usd_each", each);
    }
    price.longContext().ifPresent(longer -> fields.put("long_context", longContext(longer)));
    return fields;
  }

  private static Map<String, Object> longContext(LongContextPrice longer) {
    SequencedMap<String, Object> fields = new LinkedHashMap<>();
    fields.put("above_input_tokens", longer.aboveInputTokens());
    fields.putAll(kinds(longer.prices(), false));
    return fields;
  }

  private static SequencedMap<String, Object> kinds(KindPrices prices, boolean byThePiece) {
    SequencedMap<String, Object> fields = new LinkedHashMap<>();
    for (UsageKind kind : UsageKind.all()) {
      if (byThePiece == isByThePiece(kind.unit())) {
        prices.own(kind).ifPresent(price -> fields.put(kind.code(), usd(kind, price)));
      }
    }
    return fields;
  }

  /** Whether prices of that unit are for a piece. */
  public static boolean isByThePiece(UsageUnit unit) {
    return switch (unit) {
      case TOKEN, CHARACTER -> false;
      case SECOND, IMAGE, SEARCH_UNIT, CALL, REQUEST -> true;
    };
  }

  /** A price as lists write it: for a million, or for a piece. */
  public static BigDecimal usd(UsageKind kind, long nanosPerMillion) {
    BigDecimal usd =
        BigDecimal.valueOf(nanosPerMillion, isByThePiece(kind.unit()) ? NANO_OF_MILLIONS : NANO)
            .stripTrailingZeros();
    return usd.scale() < 0 ? usd.setScale(0) : usd;
  }
}

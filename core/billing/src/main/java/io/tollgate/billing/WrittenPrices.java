package io.tollgate.billing;

import io.tollgate.billing.internal.sheets.PriceForm;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.UsageKind;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prices in the form of a price list, as {@code prices/models.yaml} describes it. */
public final class WrittenPrices {
  private WrittenPrices() {}

  /** One price, for a million or, of what is counted by the piece, for one. */
  public static BigDecimal usd(UsageKind kind, long nanosPerMillion) {
    return PriceForm.usd(kind, nanosPerMillion);
  }

  /** Whether prices of a kind are for a piece. */
  public static boolean isByThePiece(UsageKind kind) {
    return PriceForm.isByThePiece(kind.unit());
  }

  /** The same for one caller, whose prices are multiplied. */
  public static Map<String, Object> of(
      Map<ServiceTier, TierPrice> tiers, PriceMultipliers multipliers) {
    Map<String, Object> listed = of(tiers);
    return multipliers.isNone()
        ? listed
        : multiplied(listed, multipliers.tenant().multiply(multipliers.user()));
  }

  /** Exact: decimals are prices, whole numbers are limits. */
  private static Map<String, Object> multiplied(Map<?, ?> prices, BigDecimal by) {
    Map<String, Object> multiplied = new LinkedHashMap<>();
    prices.forEach((name, value) -> multiplied.put(String.valueOf(name), multiplied(value, by)));
    return multiplied;
  }

  private static Object multiplied(Object value, BigDecimal by) {
    return switch (value) {
      case BigDecimal price -> plain(price.multiply(by));
      case Map<?, ?> prices -> multiplied(prices, by);
      default -> value;
    };
  }

  private static BigDecimal plain(BigDecimal price) {
    BigDecimal stripped = price.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** The prices by tier, the usual tier's fields at the top; numbers are exact decimals. */
  public static Map<String, Object> of(Map<ServiceTier, TierPrice> tiers) {
    return PriceForm.prices(tiers);
  }
}

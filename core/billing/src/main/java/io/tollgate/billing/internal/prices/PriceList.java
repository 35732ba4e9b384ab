package io.tollgate.billing.internal.prices;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.ModelPrice;
import java.util.List;

/**
 * A price list that was checked whole.
 *
 * @param version its date and the beginning of its SHA-256: two lists of one day differ
 */
public record PriceList(String version, List<ModelPrice> models) {
  public PriceList {
    requireNonNull(version, "version is null");
    models = List.copyOf(models);
  }
}

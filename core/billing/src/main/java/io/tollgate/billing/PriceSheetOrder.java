package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A price sheet as it is wanted.
 *
 * @param row a row of a price list, as {@code prices/models.yaml} describes it, in JSON or YAML
 * @param effectiveFrom when it begins; at once where it is empty
 * @param admin who wants it
 */
public record PriceSheetOrder(String row, Optional<Instant> effectiveFrom, OptionalLong admin) {
  public PriceSheetOrder {
    requireNonNull(row, "row is null");
    requireNonNull(effectiveFrom, "effectiveFrom is null");
    requireNonNull(admin, "admin is null");
  }
}

package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A price list that is to be taken over.
 *
 * @param file the list, in the form of {@code prices/models.yaml}, as YAML or JSON
 * @param effectiveFrom when its prices begin; at once where it is empty
 * @param admin who wants it
 * @param dryRun only say what would change
 */
public record PriceImportOrder(
    byte[] file, Optional<Instant> effectiveFrom, OptionalLong admin, boolean dryRun) {
  public PriceImportOrder {
    file = file.clone();
    requireNonNull(effectiveFrom, "effectiveFrom is null");
    requireNonNull(admin, "admin is null");
  }

  @Override
  public byte[] file() {
    return file.clone();
  }
}

package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the import of a price list changes.
 *
 * @param effectiveFrom when its prices begin
 * @param models those that are new or change, in the order of the list
 * @param unchanged how many models of the list are as they are
 * @param untouched models that are sold then and are not in the list: they stay as they are
 */
public record PriceImport(
    boolean dryRun,
    Instant effectiveFrom,
    List<ModelChange> models,
    int unchanged,
    List<String> untouched) {
  public PriceImport {
    requireNonNull(effectiveFrom, "effectiveFrom is null");
    models = List.copyOf(models);
    untouched = List.copyOf(untouched);
  }

  /**
   * What changes for one model.
   *
   * @param isNew whether it is not sold yet
   * @param sheet the sheet that was made; none in a dry run
   * @param nextFrom when a later price takes its place again
   */
  public record ModelChange(
      String model,
      boolean isNew,
      OptionalLong sheet,
      Optional<Instant> nextFrom,
      List<PriceChange> prices,
      List<FieldChange> fields) {
    public ModelChange {
      requireNonNull(model, "model is null");
      requireNonNull(sheet, "sheet is null");
      requireNonNull(nextFrom, "nextFrom is null");
      prices = List.copyOf(prices);
      fields = List.copyOf(fields);
    }
  }

  /**
   * A price that changes, in USD for a million or for a piece, as price lists write it.
   *
   * @param what {@code price} or {@code upstream_cost}
   * @param longContext whether it is that of requests with a long input
   * @param kind code of the kind of usage
   * @param before empty where it had no price
   * @param after empty where it has none any more
   */
  public record PriceChange(
      String what,
      String tier,
      boolean longContext,
      String kind,
      Optional<BigDecimal> before,
      Optional<BigDecimal> after) {}

  /** Something else that changes; empty where there was or is nothing. */
  public record FieldChange(String field, Optional<String> before, Optional<String> after) {}
}

package io.tollgate.edge.admin;

import io.tollgate.billing.PriceImport;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an import changes, as it is told.
 *
 * @param unchanged how many models of the list are as they are
 * @param untouched models that are not in the list
 */
record PriceImportRow(
    boolean dryRun,
    Instant effectiveFrom,
    String currency,
    List<Model> models,
    int unchanged,
    List<String> untouched) {
  /**
   * One model.
   *
   * @param change {@code new} or {@code changed}
   * @param priceSheetId the sheet that was made; null in a dry run
   * @param nextFrom when a later price takes its place again
   */
  record Model(
      String model,
      String change,
      @Nullable Long priceSheetId,
      @Nullable Instant nextFrom,
      List<Price> prices,
      List<Field> fields) {}

  /** A price that changes; null where there is none. */
  record Price(
      String what,
      String tier,
      boolean longContext,
      String kind,
      @Nullable BigDecimal before,
      @Nullable BigDecimal after) {}

  /** Something else that changes; null where there is nothing. */
  record Field(String field, @Nullable String before, @Nullable String after) {}

  static PriceImportRow of(PriceImport told) {
    return new PriceImportRow(
        told.dryRun(),
        told.effectiveFrom(),
        "USD",
        told.models().stream().map(PriceImportRow::model).toList(),
        told.unchanged(),
        told.untouched());
  }

  private static Model model(PriceImport.ModelChange change) {
    return new Model(
        change.model(),
        change.isNew() ? "new" : "changed",
        change.sheet().isPresent() ? (Long) change.sheet().getAsLong() : null,
        change.nextFrom().orElse(null),
        change.prices().stream()
            .map(
                price ->
                    new Price(
                        price.what(),
                        price.tier(),
                        price.longContext(),
                        price.kind(),
                        price.before().orElse(null),
                        price.after().orElse(null)))
            .toList(),
        change.fields().stream()
            .map(
                field ->
                    new Field(
                        field.field(), field.before().orElse(null), field.after().orElse(null)))
            .toList());
  }
}

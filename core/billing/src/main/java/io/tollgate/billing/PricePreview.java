package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What a price sheet would change.
 *
 * @param before what the model costs at that time without it; empty when it is not sold then
 * @param after what it would cost, from the sheet's moment until its next price
 */
public record PricePreview(Optional<CurrentPrice> before, CurrentPrice after) {
  public PricePreview {
    requireNonNull(before, "before is null");
    requireNonNull(after, "after is null");
  }
}

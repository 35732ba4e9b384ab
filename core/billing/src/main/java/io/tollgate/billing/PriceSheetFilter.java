package io.tollgate.billing;

import java.util.Optional;

/**
 * Which price sheets a list shows; what is empty does not restrict.
 *
 * @param model by its id
 */
public record PriceSheetFilter(Optional<String> model) {}

package io.tollgate.ledger;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Part of a list.
 *
 * @param total exact count under the same filters, where it was asked for
 * @param next cursor of what follows; empty: this is the end
 */
public record Page<T>(List<T> rows, OptionalLong total, Optional<String> next) {
  public Page {
    rows = List.copyOf(rows);
  }
}

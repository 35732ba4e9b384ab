package io.tollgate.trading.engine.search;

import io.tollgate.trading.engine.search.Ranking.Refused;
import java.util.List;
import java.util.Optional;

/**
 * What became of some combinations.
 *
 * @param found in their order; empty for those that were refused or broke a constraint
 * @param refused those that the strategy refuses
 */
record Attempts(List<Optional<Found>> found, List<Refused> refused) {
  Attempts {
    found = List.copyOf(found);
    refused = List.copyOf(refused);
  }
}

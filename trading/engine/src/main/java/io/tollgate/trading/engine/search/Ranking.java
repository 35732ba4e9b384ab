package io.tollgate.trading.engine.search;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Refusal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a search came to.
 *
 * @param found what was run and held the constraints, the best first
 * @param refused combinations that the strategy refuses: they were not run
 */
public record Ranking(List<Found> found, List<Refused> refused) {
  public Ranking {
    found = List.copyOf(found);
    refused = List.copyOf(refused);
  }

  /**
   * A combination that the strategy refuses.
   *
   * @param params that were chosen, by name
   * @param refusal what is wrong with them
   */
  public record Refused(Map<String, Object> params, Refusal refusal) {
    public Refused {
      params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
      requireNonNull(refusal, "refusal is null");
    }
  }
}

package io.tollgate.trading.engine.search;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Values for some parameters, and every combination of them by its number. Immutable. */
public final class ParameterGrid {
  /** Combinations that there may be. */
  public static final int MOST = 10_000;

  private final Map<String, List<Object>> values;
  private final int size;

  /**
   * @param values one or more for each name
   * @throws Refusal {@code INVALID_REQUEST} when there are none for a name, or too many in all
   */
  public ParameterGrid(Map<String, List<Object>> values) {
    this.values = new LinkedHashMap<>();
    long combinations = 1;
    for (Map.Entry<String, List<Object>> each : values.entrySet()) {
      this.values.put(each.getKey(), List.copyOf(each.getValue()));
      combinations *= each.getValue().size();
      if (combinations < 1 || combinations > MOST) {
        throw new Refusal(
                ErrorCode.INVALID_REQUEST,
                "param_grid: "
                    + (combinations < 1 ? "no" : "more than " + MOST)
                    + " combinations (expected: 1 to "
                    + MOST
                    + ")")
            .ofField("param_grid");
      }
    }
    this.size = (int) combinations;
  }

  public int size() {
    return size;
  }

  /** The values of a combination; the last name changes first. */
  public Map<String, Object> combination(int number) {
    Map<String, Object> chosen = new LinkedHashMap<>();
    int rest = number;
    int below = size;
    for (Map.Entry<String, List<Object>> each : values.entrySet()) {
      below /= each.getValue().size();
      chosen.put(each.getKey(), each.getValue().get(rest / below));
      rest %= below;
    }
    return chosen;
  }
}

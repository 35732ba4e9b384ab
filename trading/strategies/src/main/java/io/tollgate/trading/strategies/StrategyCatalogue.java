package io.tollgate.trading.strategies;

import io.tollgate.ground.GivenText;
import io.tollgate.ground.config.NearestName;
import io.tollgate.trading.strategies.internal.rules.MovingAverageCross;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** All strategies there are. */
public final class StrategyCatalogue {
  private static final List<StrategyKind> ALL = List.of(MovingAverageCross.KIND);

  private static final Map<String, StrategyKind> BY_CODE =
      ALL.stream()
          .collect(
              Collectors.toMap(
                  StrategyKind::code,
                  kind -> kind,
                  (one, other) -> {
                    throw new IllegalStateException("two strategies are called " + one.code());
                  },
                  LinkedHashMap::new));

  private StrategyCatalogue() {}

  /** All of them, in the order in which they are shown. */
  public static List<StrategyKind> all() {
    return ALL;
  }

  public static Optional<StrategyKind> find(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /**
   * The strategy of a code.
   *
   * @param field in which it was given
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when there is none such; it names
   *     the nearest
   */
  public static StrategyKind require(String field, String code) {
    return find(code)
        .orElseThrow(
            () ->
                GivenText.refused(
                    field,
                    code,
                    "the code of a strategy"
                        + NearestName.of(GivenText.shown(code), BY_CODE.keySet())
                            .map(nearest -> ", such as " + nearest)
                            .orElse("")));
  }
}

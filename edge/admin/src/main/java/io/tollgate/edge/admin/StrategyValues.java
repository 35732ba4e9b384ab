package io.tollgate.edge.admin;

import io.tollgate.trading.strategies.PartsParameter;
import io.tollgate.trading.strategies.StrategySettings;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is set of strategies, as JSON has it. */
final class StrategyValues {
  private StrategyValues() {}

  /** By the parameters' names. */
  static Map<String, Object> of(StrategySettings settings) {
    Map<String, Object> values = new LinkedHashMap<>();
    settings.values().forEach((name, value) -> values.put(name, plain(value)));
    return values;
  }

  /** A value of a parameter. */
  static Object plain(Object value) {
    return switch (value) {
      case Double number -> PlainNumber.of(number);
      case List<?> list -> list.stream().map(StrategyValues::plain).toList();
      case PartsParameter.Part part ->
          new PartRow(part.kind().code(), PlainNumber.of(part.weight()), of(part.settings()));
      default -> value;
    };
  }

  private record PartRow(String code, BigDecimal weight, Map<String, Object> config) {}
}

package io.tollgate.trading.strategies;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A parameter that is other strategies, each with a weight: what a portfolio is made of. */
public record PartsParameter(String name, List<Part> usual, int longest, String description)
    implements StrategyParameter {
  private static final double HEAVIEST = 1_000;
  private static final Set<String> FIELDS = Set.of("code", "weight", "config");

  public PartsParameter {
    requireNonNull(name, "name is null");
    usual = List.copyOf(usual);
    requireNonNull(description, "description is null");
  }

  /**
   * One of the strategies.
   *
   * @param weight above 0
   */
  public record Part(StrategyKind kind, double weight, StrategySettings settings) {
    public Part {
      requireNonNull(kind, "kind is null");
      requireNonNull(settings, "settings is null");
    }

    /** Code, weight and what is set. */
    @Override
    public String toString() {
      return kind.code() + "*" + weight + settings.values();
    }
  }

  @Override
  public String expected() {
    return "1 to " + longest + " strategies such as {code: rsi, weight: 1, config: {}}";
  }

  @Override
  public List<Part> read(String field, Object given) {
    List<?> list =
        GivenValues.list(given, 1, longest)
            .orElseThrow(() -> GivenValues.refused(field, given, expected()));
    List<Part> parts = new ArrayList<>(list.size());
    for (int at = 0; at < list.size(); at++) {
      parts.add(part(field + "[" + at + "]", list.get(at)));
    }
    return List.copyOf(parts);
  }

  private Part part(String field, Object given) {
    Map<String, Object> fields = object(field, given, expected());
    Set<String> others = new HashSet<>(fields.keySet());
    others.removeAll(FIELDS);
    if (!others.isEmpty()) {
      throw GivenValues.refused(field, others, "code, weight and config");
    }
    String code = String.valueOf(fields.get("code"));
    StrategyKind kind =
        StrategyCatalogue.find(code)
            .filter(
                found -> found.parameters().stream().noneMatch(PartsParameter.class::isInstance))
            .orElseThrow(
                () ->
                    GivenValues.refused(
                        field + ".code", code, "the code of a strategy that is no portfolio"));
    Object weight = fields.getOrDefault("weight", 1);
    double heavy =
        GivenValues.number(weight)
            .filter(number -> number > 0 && number <= HEAVIEST)
            .orElseThrow(
                () -> GivenValues.refused(field + ".weight", weight, "a number above 0, to 1000"));
    Object config = Optional.ofNullable(fields.get("config")).orElse(Map.of());
    return new Part(
        kind,
        heavy,
        kind.settings(field + ".config.", object(field + ".config", config, "an object")));
  }

  private static Map<String, Object> object(String field, Object given, String expected) {
    if (!(given instanceof Map<?, ?> map)) {
      throw GivenValues.refused(field, given, expected);
    }
    Map<String, Object> object = new LinkedHashMap<>();
    map.forEach((name, value) -> object.put(String.valueOf(name), value));
    return object;
  }
}

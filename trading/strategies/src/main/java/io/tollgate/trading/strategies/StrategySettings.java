package io.tollgate.trading.strategies;

import io.tollgate.ground.GivenText;
import io.tollgate.ground.config.NearestName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What is set of a strategy: a value for each of its parameters, and what was given besides, which
 * is kept and does nothing. Immutable.
 */
public final class StrategySettings {
  private final Map<String, Object> values;
  private final Map<String, Object> unknown;
  private final List<String> warnings;

  private StrategySettings(
      Map<String, Object> values, Map<String, Object> unknown, List<String> warnings) {
    this.values = Collections.unmodifiableMap(values);
    this.unknown = Collections.unmodifiableMap(unknown);
    this.warnings = List.copyOf(warnings);
  }

  /** Reads what is given; a null is as if it were not. */
  static StrategySettings read(
      String prefix, List<StrategyParameter> parameters, Map<String, ?> given) {
    Map<String, Object> rest = new LinkedHashMap<>(given);
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> warnings = new ArrayList<>();
    for (StrategyParameter parameter : parameters) {
      Object value = read(prefix, parameter, rest);
      values.put(parameter.name(), value);
      if (value instanceof List<?> list) {
        list.stream()
            .filter(PartsParameter.Part.class::isInstance)
            .flatMap(part -> ((PartsParameter.Part) part).settings().warnings().stream())
            .forEach(warnings::add);
      }
    }
    TreeSet<String> known = new TreeSet<>(values.keySet());
    rest.keySet().forEach(name -> warnings.add(warning(prefix + name, name, known)));
    return new StrategySettings(values, rest, warnings);
  }

  private static Object read(String prefix, StrategyParameter parameter, Map<String, Object> rest) {
    List<String> names = new ArrayList<>(List.of(parameter.name()));
    names.addAll(new TreeSet<>(parameter.otherNames()));
    Optional<Object> read = Optional.empty();
    for (String name : names) {
      Object given = rest.remove(name);
      if (given == null) {
        continue;
      }
      Object value = parameter.read(prefix + name, given);
      if (read.isPresent() && !read.get().equals(value)) {
        throw GivenText.refused(
            prefix + name, String.valueOf(given), "as " + parameter.name() + ": " + read.get());
      }
      read = Optional.of(value);
    }
    return read.orElse(parameter.usual());
  }

  private static String warning(String field, String name, TreeSet<String> known) {
    String nearest =
        NearestName.of(GivenText.shown(name), known)
            .map(near -> "; the nearest known one is " + near)
            .orElse("");
    return "unknown parameter " + GivenText.shown(field) + " is ignored" + nearest;
  }

  public int get(WholeParameter parameter) {
    return (Integer) value(parameter);
  }

  public double get(NumberParameter parameter) {
    return (Double) value(parameter);
  }

  public boolean get(SwitchParameter parameter) {
    return (Boolean) value(parameter);
  }

  public String get(ChoiceParameter parameter) {
    return (String) value(parameter);
  }

  public List<Integer> get(WholeListParameter parameter) {
    return elements(parameter, Integer.class);
  }

  public List<Double> get(NumberListParameter parameter) {
    return elements(parameter, Double.class);
  }

  public List<PartsParameter.Part> get(PartsParameter parameter) {
    return elements(parameter, PartsParameter.Part.class);
  }

  /** Values by the parameters' names, in the strategy's order. */
  public Map<String, Object> values() {
    return values;
  }

  /** What was given and is no parameter of the strategy, as it was given. */
  public Map<String, Object> unknown() {
    return unknown;
  }

  /** What whoever gave it should know: unknown parameters, each with the nearest known name. */
  public List<String> warnings() {
    return warnings;
  }

  private <T> List<T> elements(StrategyParameter parameter, Class<T> type) {
    return ((List<?>) value(parameter)).stream().map(type::cast).toList();
  }

  private Object value(StrategyParameter parameter) {
    Object value = values.get(parameter.name());
    if (value == null) {
      throw new IllegalArgumentException(
          parameter.name() + " (expected: one of " + values.keySet() + ")");
    }
    return value;
  }
}

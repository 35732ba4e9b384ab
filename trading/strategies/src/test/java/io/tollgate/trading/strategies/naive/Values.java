package io.tollgate.trading.strategies.naive;

import io.tollgate.trading.strategies.PartsParameter.Part;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Values of parameters by name. */
public record Values(Map<String, Object> all) {
  int whole(String name) {
    return (Integer) get(name);
  }

  double number(String name) {
    return (Double) get(name);
  }

  boolean is(String name) {
    return (Boolean) get(name);
  }

  String text(String name) {
    return (String) get(name);
  }

  List<Integer> wholes(String name) {
    return ((List<?>) get(name)).stream().map(Integer.class::cast).toList();
  }

  List<Double> numbers(String name) {
    return ((List<?>) get(name)).stream().map(Double.class::cast).toList();
  }

  List<Part> parts(String name) {
    return ((List<?>) get(name)).stream().map(Part.class::cast).toList();
  }

  private Object get(String name) {
    return Objects.requireNonNull(all.get(name), name);
  }
}

package io.tollgate.trading.strategies.internal;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a strategy has seen, by name; what is no finite number is left out. */
public final class Seen {
  private final Map<String, Double> numbers = new LinkedHashMap<>();

  private Seen() {}

  public static Seen nothing() {
    return new Seen();
  }

  public static Seen of(String name, double number) {
    return new Seen().and(name, number);
  }

  public Seen and(String name, double number) {
    if (Double.isFinite(number)) {
      numbers.put(name, number);
    }
    return this;
  }

  /** A price, which is left out too where it is not above 0. */
  public Seen level(String name, double price) {
    return price > 0 ? and(name, price) : this;
  }

  Map<String, Double> asMap() {
    return numbers;
  }
}

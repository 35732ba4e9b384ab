package io.tollgate.trading.strategies.internal;

import io.tollgate.trading.strategies.NamedNumbers;
import java.util.Arrays;

/** What a strategy has seen, by name; what is no finite number is left out. */
public final class Seen {
  private static final int USUAL = 6;

  private String[] names = new String[USUAL];
  private double[] numbers = new double[USUAL];
  private int size;

  private Seen() {}

  public static Seen nothing() {
    return new Seen();
  }

  public static Seen of(String name, double number) {
    return new Seen().and(name, number);
  }

  /** The last number of a name counts. */
  public Seen and(String name, double number) {
    if (Double.isFinite(number)) {
      int place = placeOf(name);
      numbers[place] = number;
    }
    return this;
  }

  private int placeOf(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    names[size] = name;
    return size++;
  }

  /** A price, which is left out too where it is not above 0. */
  public Seen level(String name, double price) {
    return price > 0 ? and(name, price) : this;
  }

  NamedNumbers numbers() {
    return NamedNumbers.of(names, numbers, size);
  }
}

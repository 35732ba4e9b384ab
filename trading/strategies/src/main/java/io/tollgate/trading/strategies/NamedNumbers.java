package io.tollgate.trading.strategies;

import static java.util.Objects.requireNonNull;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A few finite numbers by name, in the order in which they were given. Immutable. As one is made
 * for each output of a strategy, it holds plain arrays; numbers are boxed for those who read it as
 * a map.
 */
public final class NamedNumbers extends AbstractMap<String, Double> {
  private final String[] names;
  private final double[] numbers;

  private NamedNumbers(String[] names, double[] numbers) {
    this.names = names;
    this.numbers = numbers;
    for (int i = 0; i < names.length; i++) {
      if (!Double.isFinite(numbers[i])) {
        throw new IllegalArgumentException(
            names[i] + ": " + numbers[i] + " (expected: a finite number)");
      }
    }
  }

  /**
   * The first of some arrays.
   *
   * @param names each once
   * @throws IllegalArgumentException when a number is not finite
   */
  public static NamedNumbers of(String[] names, double[] numbers, int size) {
    return new NamedNumbers(Arrays.copyOf(names, size), Arrays.copyOf(numbers, size));
  }

  /**
   * Those of a map; itself where it is one.
   *
   * @throws IllegalArgumentException when a number is not finite
   */
  public static NamedNumbers copyOf(Map<String, Double> given) {
    if (given instanceof NamedNumbers already) {
      return already;
    }
    String[] names = new String[given.size()];
    double[] numbers = new double[names.length];
    int size = 0;
    for (Entry<String, Double> each : given.entrySet()) {
      names[size] = requireNonNull(each.getKey(), "a name is null");
      numbers[size++] = each.getValue();
    }
    return new NamedNumbers(names, numbers);
  }

  /** The number of a name. */
  public OptionalDouble find(String name) {
    int at = indexOf(name);
    return at < 0 ? OptionalDouble.empty() : OptionalDouble.of(numbers[at]);
  }

  /** Whether there is a number of a name. */
  public boolean has(String name) {
    return indexOf(name) >= 0;
  }

  private int indexOf(@Nullable Object name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public boolean containsKey(@Nullable Object name) {
    return indexOf(name) >= 0;
  }

  @Override
  public @Nullable Double get(@Nullable Object name) {
    int at = indexOf(name);
    return at < 0 ? null : numbers[at];
  }

  @Override
  public int size() {
    return names.length;
  }

  @Override
  public Set<Entry<String, Double>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, Double>> iterator() {
        return new Walk();
      }

      @Override
      public int size() {
        return names.length;
      }
    };
  }

  private final class Walk implements Iterator<Entry<String, Double>> {
    private int next;

    @Override
    public boolean hasNext() {
      return next < names.length;
    }

    @Override
    public Entry<String, Double> next() {
      if (next == names.length) {
        throw new NoSuchElementException("all " + names.length + " have been read");
      }
      int at = next++;
      return Map.entry(names[at], numbers[at]);
    }
  }
}

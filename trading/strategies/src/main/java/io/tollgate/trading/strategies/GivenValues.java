package io.tollgate.trading.strategies;

import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads values as JSON has them. */
final class GivenValues {
  private GivenValues() {}

  /** A whole number, also one written as 20.0; never one in quotes. */
  static Optional<Integer> whole(@Nullable Object given) {
    return number(given)
        .filter(number -> number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE)
        .map(Double::intValue);
  }

  /** A finite number; never one in quotes. */
  static Optional<Double> number(@Nullable Object given) {
    return switch (given) {
      case Integer whole -> finite(whole);
      case Long whole -> finite(whole);
      case Double number -> finite(number);
      case Float number -> finite(number);
      case BigDecimal number -> finite(number.doubleValue());
      case BigInteger whole -> finite(whole.doubleValue());
      case null, default -> Optional.empty();
    };
  }

  private static Optional<Double> finite(double number) {
    // no minus zero, of which people know nothing
    return Double.isFinite(number) ? Optional.of(number == 0 ? 0.0 : number) : Optional.empty();
  }

  static Optional<List<?>> list(Object given, int fewest, int most) {
    return given instanceof List<?> list && list.size() >= fewest && list.size() <= most
        ? Optional.of(list)
        : Optional.empty();
  }

  /** All of a list, if each can be read. */
  static <T> Optional<List<T>> each(List<?> list, Function<Object, Optional<T>> reader) {
    List<T> all = new ArrayList<>(list.size());
    for (Object element : list) {
      Optional<T> one = element == null ? Optional.empty() : reader.apply(element);
      if (one.isEmpty()) {
        return Optional.empty();
      }
      all.add(one.get());
    }
    return Optional.of(List.copyOf(all));
  }

  static <T extends Comparable<T>> boolean rising(List<T> numbers) {
    for (int at = 1; at < numbers.size(); at++) {
      if (numbers.get(at - 1).compareTo(numbers.get(at)) >= 0) {
        return false;
      }
    }
    return true;
  }

  static Refusal refused(String field, @Nullable Object given, String expected) {
    return GivenText.refused(field, String.valueOf(given), expected);
  }

  static String count(int fewest, int most) {
    return fewest == most ? Integer.toString(most) : fewest + " to " + most;
  }

  /** A number without a needless point or exponent. */
  static String shown(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}

package io.tollgate.trading.engine.risk;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that can be set of a rule.
 *
 * @param name as interfaces write it
 * @param usual what it is while nothing is set
 * @param kind which values it takes
 */
public record RiskParameter(String name, RiskValue usual, Kind kind) {
  public RiskParameter {
    requireNonNull(name, "name is null");
    requireNonNull(usual, "usual is null");
    requireNonNull(kind, "kind is null");
  }

  static RiskParameter usdt(String name, long usual) {
    return number(name, usual, new Kind.Numbers(0, 1_000_000_000, 8));
  }

  static RiskParameter count(String name, long usual, long least) {
    return number(name, usual, new Kind.Numbers(least, 1_000_000, 0));
  }

  static RiskParameter percent(String name, long usual) {
    return number(name, usual, new Kind.Numbers(0, 100, 4));
  }

  static RiskParameter choice(String name, String usual, String... among) {
    return new RiskParameter(name, new RiskValue.Word(usual), new Kind.Choice(List.of(among)));
  }

  static RiskParameter symbols(String name) {
    return new RiskParameter(name, new RiskValue.Words(List.of()), new Kind.Symbols());
  }

  private static RiskParameter number(String name, long usual, Kind kind) {
    return new RiskParameter(name, new RiskValue.Number(BigDecimal.valueOf(usual)), kind);
  }

  /**
   * A value, when it is one that this can have.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST}
   */
  RiskValue checked(RiskRule rule, RiskValue given) {
    String place = rule.code() + "." + name;
    return kind.accepted(given)
        .orElseThrow(
            () ->
                new Refusal(
                        ErrorCode.INVALID_REQUEST,
                        place
                            + ": "
                            + GivenText.shown(given.shown())
                            + " (expected: "
                            + kind.expected()
                            + ")")
                    .ofField(place));
  }

  /** Which values a parameter takes. */
  public sealed interface Kind {
    /** What may stand there, as a refusal says it. */
    String expected();

    /** The value as it is kept; empty when it is none of these. */
    Optional<RiskValue> accepted(RiskValue given);

    /** Numbers between two, both included, with so many decimals at most. */
    record Numbers(long least, long most, int decimals) implements Kind {
      private static final int DIGITS = 40;

      @Override
      public String expected() {
        String what = decimals == 0 ? "a whole number" : "a number";
        String places = decimals == 0 ? "" : ", at most " + decimals + " decimals";
        return what + " from " + least + " to " + most + places;
      }

      @Override
      public Optional<RiskValue> accepted(RiskValue given) {
        return given instanceof RiskValue.Number(BigDecimal value) && fits(value)
            ? Optional.of(given)
            : Optional.empty();
      }

      private boolean fits(BigDecimal value) {
        // what is huge either way is not computed with
        return value.precision() <= DIGITS
            && Math.abs((long) value.scale()) <= DIGITS
            && value.compareTo(BigDecimal.valueOf(least)) >= 0
            && value.compareTo(BigDecimal.valueOf(most)) <= 0
            && value.stripTrailingZeros().scale() <= decimals;
      }
    }

    /** One of a few words. */
    record Choice(List<String> words) implements Kind {
      public Choice {
        words = List.copyOf(words);
      }

      @Override
      public String expected() {
        return String.join(" or ", words);
      }

      @Override
      public Optional<RiskValue> accepted(RiskValue given) {
        return given instanceof RiskValue.Word(String word) && words.contains(word)
            ? Optional.of(given)
            : Optional.empty();
      }
    }

    /** Symbols, in whichever spelling. */
    record Symbols() implements Kind {
      private static final int MOST = 500;
      private static final Pattern SYMBOL = Pattern.compile("[A-Za-z0-9/:_.-]{1,40}");

      @Override
      public String expected() {
        return "at most " + MOST + " symbols such as BTC/USDT";
      }

      @Override
      public Optional<RiskValue> accepted(RiskValue given) {
        return given instanceof RiskValue.Words(List<String> symbols)
                && symbols.size() <= MOST
                && symbols.stream().allMatch(each -> SYMBOL.matcher(each).matches())
            ? Optional.of(given)
            : Optional.empty();
      }
    }
  }
}

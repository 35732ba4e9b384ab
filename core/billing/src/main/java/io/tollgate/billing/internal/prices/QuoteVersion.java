package io.tollgate.billing.internal.prices;

import io.tollgate.billing.LongContextPrice;
import io.tollgate.billing.TokenPrice;
import io.tollgate.ground.Asset;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * How a quote is written into the books, so that the charge can be recomputed without the list it
 * came from: {@code v1:<currency>:<multiplier>:<prices>:<threshold and prices, or
 * ->:<list>:<model>}, prices in nano USD per million tokens, separated by commas, in the order of
 * {@link TokenPrice}.
 */
public final class QuoteVersion {
  private static final String FORMAT = "v1";
  private static final String LIST_PRICE = "1";
  private static final String NO_TIER = "-";
  private static final int PARTS = 7;
  private static final int KINDS = 5;

  private QuoteVersion() {}

  static String write(QuoteTerms terms) {
    return String.join(
        ":",
        FORMAT,
        terms.currency().code(),
        LIST_PRICE,
        join(kinds(terms.price())),
        terms.longContext().map(QuoteVersion::writeTier).orElse(NO_TIER),
        terms.list(),
        terms.model());
  }

  /**
   * The terms that were written.
   *
   * @throws IllegalArgumentException when the text is no version of a quote
   */
  public static QuoteTerms read(String version) {
    // the model comes last, as its name may have colons
    String[] parts = version.split(":", PARTS);
    if (parts.length != PARTS || !parts[0].equals(FORMAT) || !parts[2].equals(LIST_PRICE)) {
      throw new IllegalArgumentException(
          "price version: "
              + version
              + " (expected: v1:<currency>:1:<prices>:<tier>:<list>:<model>)");
    }
    return new QuoteTerms(
        parts[5],
        parts[6],
        Asset.money(parts[1]),
        readPrice(numbers(parts[3], KINDS), 0),
        parts[4].equals(NO_TIER) ? Optional.empty() : Optional.of(readTier(parts[4])));
  }

  private static String writeTier(LongContextPrice tier) {
    return join(LongStream.concat(LongStream.of(tier.aboveInputTokens()), kinds(tier.price())));
  }

  private static LongContextPrice readTier(String text) {
    long[] numbers = numbers(text, KINDS + 1);
    return new LongContextPrice(numbers[0], readPrice(numbers, 1));
  }

  private static LongStream kinds(TokenPrice price) {
    return LongStream.of(
        price.input(), price.cacheRead(), price.cacheWrite(), price.output(), price.reasoning());
  }

  private static TokenPrice readPrice(long[] from, int at) {
    return new TokenPrice(from[at], from[at + 1], from[at + 2], from[at + 3], from[at + 4]);
  }

  private static String join(LongStream numbers) {
    return numbers.mapToObj(Long::toString).collect(Collectors.joining(","));
  }

  private static long[] numbers(String text, int count) {
    long[] numbers = Arrays.stream(text.split(",", -1)).mapToLong(Long::parseLong).toArray();
    if (numbers.length != count) {
      throw new IllegalArgumentException(
          "prices: " + text + " (expected: " + count + " numbers separated by commas)");
    }
    return numbers;
  }
}

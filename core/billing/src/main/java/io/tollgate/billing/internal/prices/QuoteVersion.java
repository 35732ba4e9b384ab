package io.tollgate.billing.internal.prices;

import io.tollgate.billing.ChargedPart;
import io.tollgate.billing.KindPrices;
import io.tollgate.billing.LongContextPrice;
import io.tollgate.billing.PriceMultipliers;
import io.tollgate.billing.TierPrice;
import io.tollgate.contracts.ServiceTier;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Asset;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a quote is written into the books, so that the charge can be explained and computed again
 * without the list it came from: {@code v3:<currency>:<multipliers>:<tier>:<prices>:<threshold and
 * prices, or ->:<list>:<model>}. Prices are exact decimals, USD for a million, of the kinds that
 * have one of their own: {@code input=0.15,output=0.6,cache_read=0.075}; the multipliers are the
 * tenant's and the user's: {@code 1.2*0.95}. At list price it is {@code v2:<currency>:1:…}, the
 * rest being the same.
 *
 * <p>Where only a part is charged it is {@code v4}, and the part is the third of the multipliers:
 * {@code 1*1*hit=0.5}; see {@link ChargedPart}.
 *
 * <p>Versions of the first form, {@code v1:<currency>:<multiplier>:<prices>:<threshold and
 * prices>:<list>:<model>}, are read too: prices in nano USD of input, cache read, cache write,
 * output and reasoning, in this order.
 */
public final class QuoteVersion {
  /** How a version begins that is for a part of a price. */
  public static final String IN_PART = "v4:";

  private static final String PART = "v4";
  private static final String MULTIPLIED = "v3";
  private static final String FORMAT = "v2";
  private static final String FIRST_FORMAT = "v1";
  private static final String LIST_PRICE = "1";
  private static final String BETWEEN = "*";
  private static final String NOTHING = "-";
  private static final int PARTS = 8;
  private static final int MAX_DIGITS = 32;
  private static final List<UsageKind> FIRST_KINDS =
      List.of(
          UsageKind.TEXT_INPUT,
          UsageKind.CACHE_READ,
          UsageKind.CACHE_WRITE,
          UsageKind.TEXT_OUTPUT,
          UsageKind.REASONING);

  private QuoteVersion() {}

  static String write(QuoteTerms terms) {
    return String.join(
        ":",
        format(terms),
        terms.currency().code(),
        multipliers(terms),
        terms.tier().name(),
        terms.price().usual().toString(),
        terms
            .price()
            .longContext()
            .map(price -> price.aboveInputTokens() + "," + price.prices())
            .orElse(NOTHING),
        terms.list(),
        terms.model());
  }

  private static String format(QuoteTerms terms) {
    if (terms.part().isPresent()) {
      return PART;
    }
    return terms.multipliers().isNone() ? FORMAT : MULTIPLIED;
  }

  private static String multipliers(QuoteTerms terms) {
    if (terms.part().isPresent()) {
      return terms.multipliers() + BETWEEN + terms.part().get();
    }
    return terms.multipliers().isNone() ? LIST_PRICE : terms.multipliers().toString();
  }

  /**
   * The terms that were written.
   *
   * @throws IllegalArgumentException when the text is no version of a quote
   */
  public static QuoteTerms read(String version) {
    boolean first = version.startsWith(FIRST_FORMAT + ":");
    // the model comes last, as its name may have colons
    List<String> parts = new ArrayList<>(List.of(version.split(":", first ? PARTS - 1 : PARTS)));
    if (first && parts.size() > 3) {
      parts.add(3, ServiceTier.STANDARD.name());
    }
    boolean part = parts.getFirst().equals(PART);
    boolean multiplied = part || parts.getFirst().equals(MULTIPLIED);
    int partAt = part && parts.size() == PARTS ? parts.get(2).lastIndexOf(BETWEEN) : -1;
    if (parts.size() != PARTS
        || !(first || multiplied || parts.getFirst().equals(FORMAT))
        || !(multiplied || parts.get(2).equals(LIST_PRICE))
        || (part && partAt < 0)) {
      throw new IllegalArgumentException(
          "price version: "
              + version
              + " (expected: v2:<currency>:1:<tier>:<prices>:<long context>:<list>:<model>, or v3 with"
              + " multipliers, or v4 with a part)");
    }
    return new QuoteTerms(
        parts.get(6),
        parts.get(7),
        Asset.money(parts.get(1)),
        multiplied
            ? PriceMultipliers.parse(part ? parts.get(2).substring(0, partAt) : parts.get(2))
            : PriceMultipliers.NONE,
        new ServiceTier(parts.get(3)),
        new TierPrice(
            prices(parts.get(4), first),
            parts.get(5).equals(NOTHING)
                ? Optional.empty()
                : Optional.of(longContext(parts.get(5), first))),
        part
            ? Optional.of(ChargedPart.parse(parts.get(2).substring(partAt + 1)))
            : Optional.empty());
  }

  private static LongContextPrice longContext(String text, boolean first) {
    String[] parts = text.split(",", 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "long context: " + text + " (expected: a number of tokens and prices)");
    }
    return new LongContextPrice(Long.parseLong(parts[0]), prices(parts[1], first));
  }

  private static KindPrices prices(String text, boolean first) {
    return first ? firstPrices(text) : prices(text);
  }

  private static KindPrices prices(String text) {
    KindPrices.Builder prices = KindPrices.builder();
    Set<UsageKind> known = new HashSet<>();
    for (String part : text.split(",", -1)) {
      int equals = part.indexOf('=');
      Optional<UsageKind> kind =
          equals < 0 ? Optional.empty() : UsageKind.byCode(part.substring(0, equals));
      if (kind.isEmpty() || !known.add(kind.get()) || part.length() - equals > MAX_DIGITS) {
        throw new IllegalArgumentException(
            "price: " + part + " (expected: <kind>=<USD for a million>, each kind once)");
      }
      prices.set(kind.get(), nanos(part.substring(equals + 1)));
    }
    return prices.build();
  }

  private static long nanos(String usd) {
    try {
      return new BigDecimal(usd).movePointRight(9).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "price: " + usd + " (expected: USD with at most 9 decimals)", e);
    }
  }

  private static KindPrices firstPrices(String text) {
    String[] numbers = text.split(",", -1);
    if (numbers.length != FIRST_KINDS.size()) {
      throw new IllegalArgumentException(
          "prices: "
              + text
              + " (expected: "
              + FIRST_KINDS.size()
              + " numbers separated by commas)");
    }
    KindPrices.Builder prices = KindPrices.builder();
    for (int i = 0; i < numbers.length; i++) {
      prices.set(FIRST_KINDS.get(i), Long.parseLong(numbers[i]));
    }
    return prices.build();
  }
}

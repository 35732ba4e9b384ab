package io.tollgate.billing;

import io.tollgate.contracts.UsageKind;
import io.tollgate.contracts.UsageUnit;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * What a million units of each kind of usage cost, in nano USD: 0.15 USD for a million tokens is
 * 150,000,000. A kind without a price of its own costs what the kind does that it falls back to.
 * Bounds keep every product of a price and a usage within 128 bits, and every charge within a long.
 */
public final class KindPrices {
  /** One USD for a token. */
  public static final long MAX_PER_MILLION_TOKENS = 1_000_000_000_000_000L;

  /** Ten USD for anything else. */
  public static final long MAX_PER_MILLION_OTHERS = 10 * MAX_PER_MILLION_TOKENS;

  private static final long NONE = -1;
  private static final int NANO = 9;

  /** By place of the kind in its list, falling back done. */
  private final long[] prices;

  private KindPrices(long[] own) {
    prices = own.clone();
    for (UsageKind kind : UsageKind.all()) {
      if (prices[kind.ordinal()] == NONE) {
        // the kind that is fallen back to stands before this one
        prices[kind.ordinal()] = kind.fallback().map(other -> prices[other.ordinal()]).orElse(NONE);
      }
    }
    requirePriced(UsageKind.TEXT_INPUT);
    requirePriced(UsageKind.TEXT_OUTPUT);
  }

  private void requirePriced(UsageKind kind) {
    if (!has(kind)) {
      throw new IllegalArgumentException(kind.code() + " is missing (expected: a price)");
    }
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Of text alone: the same for input of any kind and for output of any kind. */
  public static KindPrices of(long input, long output) {
    return builder().set(UsageKind.TEXT_INPUT, input).set(UsageKind.TEXT_OUTPUT, output).build();
  }

  /** Most that a million of the kind can cost. */
  public static long max(UsageKind kind) {
    return kind.unit() == UsageUnit.TOKEN ? MAX_PER_MILLION_TOKENS : MAX_PER_MILLION_OTHERS;
  }

  /** Whether the kind has a price, of its own or of the kind it falls back to. */
  public boolean has(UsageKind kind) {
    return prices[kind.ordinal()] != NONE;
  }

  /** Nano USD for a million; 0 where the kind has no price. */
  public long perMillion(UsageKind kind) {
    return Math.max(0, prices[kind.ordinal()]);
  }

  /** The price of the kind, unless it costs what the kind does that it falls back to. */
  public OptionalLong own(UsageKind kind) {
    long price = prices[kind.ordinal()];
    boolean same =
        price == NONE
            || kind.fallback().filter(other -> prices[other.ordinal()] == price).isPresent();
    return same ? OptionalLong.empty() : OptionalLong.of(price);
  }

  /**
   * Whether there is a kind that costs less than in the other prices, or has none of its prices.
   */
  public boolean anyBelow(KindPrices other) {
    for (int i = 0; i < prices.length; i++) {
      if (prices[i] < other.prices[i]) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KindPrices same && Arrays.equals(prices, same.prices);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(prices);
  }

  /** Kinds that have a price of their own, in USD for a million. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (UsageKind kind : UsageKind.all()) {
      own(kind)
          .ifPresent(
              price ->
                  text.append(text.isEmpty() ? "" : ",")
                      .append(kind.code())
                      .append('=')
                      .append(decimal(price)));
    }
    return text.toString();
  }

  private static String decimal(long nanos) {
    BigDecimal usd = BigDecimal.valueOf(nanos, NANO).stripTrailingZeros();
    return usd.toPlainString();
  }

  /** Collects prices. Not safe for several threads. */
  public static final class Builder {
    private final long[] own = new long[UsageKind.all().size()];

    private Builder() {
      Arrays.fill(own, NONE);
    }

    /**
     * Sets the price of a kind.
     *
     * @param perMillion nano USD for a million, 0 to {@link KindPrices#max}
     */
    public Builder set(UsageKind kind, long perMillion) {
      if (perMillion < 0 || perMillion > max(kind)) {
        throw new IllegalArgumentException(
            kind.code()
                + ": "
                + perMillion
                + " nano USD per million (expected: 0 to "
                + max(kind)
                + ")");
      }
      own[kind.ordinal()] = perMillion;
      return this;
    }

    /**
     * The prices that were set.
     *
     * @throws IllegalArgumentException when text has no price
     */
    public KindPrices build() {
      return new KindPrices(own);
    }
  }
}

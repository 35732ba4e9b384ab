package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.internal.prices.ListQuote;
import io.tollgate.billing.internal.prices.QuoteVersion;
import io.tollgate.metering.PriceQuote;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;

/**
 * Which part of its price an answer costs that is not charged as a usual one, and why. It stands in
 * the price version of the charge. A part of the tokens, rounded up, is what a token quota pays of
 * it; nothing at all is a part too.
 *
 * @param share 0 to 1, at most {@link #MAX_DECIMALS} decimals
 */
public record ChargedPart(Reason reason, BigDecimal share) {
  public static final int MAX_DECIMALS = 4;

  /**
   * Most characters that it adds to a price version, with multipliers of one and what is between.
   */
  public static final int ROOM_IN_VERSION = 24;

  private static final int MAX_TEXT = 20;

  private static final String BETWEEN = "=";

  /** Why only a part is charged. */
  public enum Reason {
    /** The answer came from the cache: no upstream was asked. */
    CACHE_HIT("hit"),
    /**
     * A filter of the tenant kept the answer from its caller; the upstream bills it all the same.
     */
    REFUSED("refused");

    private final String code;

    Reason(String code) {
      this.code = code;
    }
  }

  public ChargedPart {
    requireNonNull(reason, "reason is null");
    requireNonNull(share, "share is null");
    if (share.signum() < 0
        || share.compareTo(BigDecimal.ONE) > 0
        || share.precision() > 32
        || share.stripTrailingZeros().scale() > MAX_DECIMALS) {
      throw new IllegalArgumentException(
          "share: " + share + " (expected: 0 to 1, at most " + MAX_DECIMALS + " decimals)");
    }
    share = share.signum() == 0 ? BigDecimal.ZERO : share.stripTrailingZeros();
  }

  /** An answer that is kept from its caller costs them nothing. */
  public static ChargedPart refused() {
    return new ChargedPart(Reason.REFUSED, BigDecimal.ZERO);
  }

  /** What an answer from the cache costs. */
  public static ChargedPart cacheHit(BigDecimal share) {
    return new ChargedPart(Reason.CACHE_HIT, share);
  }

  /** The part that a price version names. */
  public static Optional<ChargedPart> in(String priceVersion) {
    if (!priceVersion.startsWith(QuoteVersion.IN_PART)) {
      return Optional.empty();
    }
    try {
      return QuoteVersion.read(priceVersion).part();
    } catch (IllegalArgumentException _) {
      // written by another build
      return Optional.empty();
    }
  }

  /** The quote of this part of what another one says. */
  public PriceQuote of(PriceQuote whole) {
    return new ListQuote(QuoteVersion.read(whole.version()).inPart(this));
  }

  /**
   * As {@link #toString} writes it.
   *
   * @throws IllegalArgumentException when the text is none
   */
  public static ChargedPart parse(String text) {
    String[] both = text.split(BETWEEN, -1);
    if (both.length != 2 || text.length() > MAX_TEXT) {
      throw new IllegalArgumentException("part: " + text + " (expected: <reason>=<share>)");
    }
    Reason reason =
        Arrays.stream(Reason.values())
            .filter(each -> each.code.equals(both[0]))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("reason: " + both[0] + " (expected: hit)"));
    // what is no number at all is an IllegalArgumentException too
    return new ChargedPart(reason, new BigDecimal(both[1]));
  }

  /** As in {@code hit=0.5}. */
  @Override
  public String toString() {
    return reason.code + BETWEEN + share.toPlainString();
  }
}

package io.tollgate.metering;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.contracts.UsageKind;
import io.tollgate.ground.Asset;
import java.util.Set;

/** The price of one model for one caller at one time. Immutable; safe on any thread. */
public interface PriceQuote {
  /** Most bytes of UTF-8 that a version has: records have so much room for it. */
  int MAX_VERSION_BYTES = 384;

  /**
   * Names the price list, its row, date, multiplier and service tier, so that a charge can be
   * recomputed.
   */
  String version();

  /** The tenant's currency. */
  Asset currency();

  /**
   * Tokens of the usage that are to be paid for: all of them, or fewer where the quote is for a
   * part of the price. So many does a quota cover at most.
   */
  default long payableTokens(TokenUsage usage) {
    return usage.total();
  }

  /**
   * What the usage costs when a token quota covers part of it: the full price × (T − covered) / T,
   * exact, rounded once, half even; T are the {@link #payableTokens}.
   *
   * @param covered tokens paid by quota, 0 to {@link #payableTokens}
   * @return smallest units of the currency, never negative
   */
  long price(TokenUsage usage, long covered);

  /** The same for an estimate: rounded up. */
  long estimate(TokenUsage usage, long covered);

  /**
   * Whether a request costs something beside what it uses: then {@link UsageKind#REQUESTS} is one
   * of what is charged.
   */
  default boolean perRequest() {
    return false;
  }

  /**
   * The kinds of which there is something in the usage and that have no price, so that they would
   * cost nothing. In the order of the kinds; empty for tokens, which all cost at least what text
   * does.
   */
  Set<UsageKind> withoutPrice(TokenUsage usage);
}

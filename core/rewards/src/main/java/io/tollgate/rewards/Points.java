package io.tollgate.rewards;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.GivenText;
import java.math.BigDecimal;

/**
 * What point cards, holdings, rewards and withdrawals are counted in: USDT with eight decimals. It
 * is another asset than the money {@code USDT}, which has nine.
 */
public final class Points {
  public static final Asset ASSET = new Asset("POINT", 8);

  /** In what amounts of them are written and shown. */
  public static final String CURRENCY = "USDT";

  public static final Amount ZERO = Amount.zero(ASSET);

  /**
   * What one movement, one holding or one profit may come to: a billion. Sums are counted to 2^63
   * units, 92 times as many.
   */
  public static final Amount MOST = new Amount(ASSET, 100_000_000_000_000_000L);

  /** What a card may have with what is given to it: ten billion. */
  public static final Amount MOST_ON_CARD = new Amount(ASSET, 1_000_000_000_000_000_000L);

  private Points() {}

  /**
   * An exact amount.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when it has more than eight decimals
   *     or does not fit
   */
  public static Amount of(BigDecimal decimal) {
    return Amount.of(ASSET, decimal);
  }

  /**
   * The same of a text.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} also when it is no decimal
   */
  public static Amount parse(String text) {
    return Amount.parse(ASSET, text);
  }

  /**
   * An amount of points that is moved.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when it is not above 0, or above
   *     {@link #MOST}
   */
  static Amount requireMovable(String field, Amount amount) {
    return requireBounded(field, requirePositive(field, amount));
  }

  /**
   * An amount of points that somebody tells of.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when it is above {@link #MOST}, or
   *     as far below 0
   */
  static Amount requireBounded(String field, Amount amount) {
    requirePoints(field, amount);
    if (amount.units() > MOST.units() || amount.units() < -MOST.units()) {
      throw GivenText.refused(field, amount.toPlainString(), "at most " + MOST.toPlainString());
    }
    return amount;
  }

  /**
   * An amount of points.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when it is not above 0
   */
  static Amount requirePositive(String field, Amount amount) {
    requirePoints(field, amount);
    if (!amount.isPositive()) {
      throw GivenText.refused(field, amount.toPlainString(), "more than 0");
    }
    return amount;
  }

  static Amount requirePoints(String field, Amount amount) {
    if (!amount.asset().equals(ASSET)) {
      throw new IllegalArgumentException(
          field + ": in " + amount.asset() + " (expected: " + ASSET + ")");
    }
    return amount;
  }
}

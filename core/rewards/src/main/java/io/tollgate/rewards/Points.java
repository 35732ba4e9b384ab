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

  public static final Amount ZERO = Amount.zero(ASSET);

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

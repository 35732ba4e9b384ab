package io.tollgate.ground;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * An exact number of an asset's smallest units. May be negative (an entry that debits). Arithmetic
 * checks overflow and that both sides are of one asset.
 *
 * @param asset what is counted
 * @param units how many of its smallest units
 */
public record Amount(Asset asset, long units) implements Comparable<Amount> {
  public Amount {
    requireNonNull(asset, "asset is null");
  }

  public static Amount zero(Asset asset) {
    return new Amount(asset, 0);
  }

  /**
   * Reads a decimal as people write it.
   *
   * @param text a decimal such as {@code 10}, {@code 0.25} or {@code 1e-3}
   * @throws Refusal with {@link ErrorCode#INVALID_REQUEST} when it is no decimal, has more decimals
   *     than the asset, or does not fit
   */
  public static Amount parse(Asset asset, String text) {
    BigDecimal decimal;
    try {
      decimal = Numerals.decimal(text.strip());
    } catch (NumberFormatException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "amount: " + GivenText.shown(text) + " (expected: a decimal number)",
          e);
    }
    return of(asset, decimal);
  }

  /**
   * Converts a decimal exactly.
   *
   * @throws Refusal with {@link ErrorCode#INVALID_REQUEST} when it has more decimals than the asset
   *     or does not fit
   */
  public static Amount of(Asset asset, BigDecimal decimal) {
    if (decimal.precision() > 64 || Math.abs((long) decimal.scale()) > 64) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST, "amount has too many digits (expected: at most 64)");
    }
    try {
      BigDecimal units =
          decimal.movePointRight(asset.scale()).setScale(0, RoundingMode.UNNECESSARY);
      return new Amount(asset, units.longValueExact());
    } catch (ArithmeticException e) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          "amount: "
              + decimal.toPlainString()
              + " "
              + asset
              + " (expected: at most "
              + asset.scale()
              + " decimals, and at most "
              + new Amount(asset, Long.MAX_VALUE).toPlainString()
              + ")",
          e);
    }
  }

  public Amount minus(Amount other) {
    requireSameAsset(other);
    return new Amount(asset, Math.subtractExact(units, other.units));
  }

  public boolean isZero() {
    return units == 0;
  }

  public boolean isNegative() {
    return units < 0;
  }

  public boolean isPositive() {
    return units > 0;
  }

  /** The amount in whole units, without trailing zeros. */
  public BigDecimal toDecimal() {
    if (units == 0) {
      return BigDecimal.ZERO;
    }
    BigDecimal stripped = BigDecimal.valueOf(units, asset.scale()).stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** The amount in whole units with no more digits than it has: {@code 0.1}, {@code 10}. */
  public String toPlainString() {
    return toDecimal().toPlainString();
  }

  @Override
  public int compareTo(Amount other) {
    requireSameAsset(other);
    return Long.compare(units, other.units);
  }

  @Override
  public String toString() {
    return toPlainString() + " " + asset;
  }

  private void requireSameAsset(Amount other) {
    if (!asset.equals(other.asset)) {
      throw new IllegalArgumentException("asset: " + other.asset + " (expected: " + asset + ")");
    }
  }
}

package io.tollgate.edge.admin;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as answers have them: without an exponent and without zeros that say nothing. */
final class PlainNumber {
  private PlainNumber() {}

  static BigDecimal of(BigDecimal number) {
    BigDecimal bare = number.stripTrailingZeros();
    return bare.scale() < 0 ? bare.setScale(0) : bare;
  }

  static BigDecimal of(double number) {
    return of(BigDecimal.valueOf(number));
  }

  /** To as many decimals. */
  static BigDecimal of(double number, int decimals) {
    return of(BigDecimal.valueOf(number).setScale(decimals, RoundingMode.HALF_EVEN));
  }
}

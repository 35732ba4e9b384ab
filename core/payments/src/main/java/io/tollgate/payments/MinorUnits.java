package io.tollgate.payments;

import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/** Amounts as channels count them: in the smallest unit of a currency. Exact or refused. */
public final class MinorUnits {
  private static final int USUAL = 2;

  private MinorUnits() {}

  /** Decimals of a currency by ISO 4217; 2 of what is not in it. */
  public static int decimals(String currency) {
    try {
      int digits = Currency.getInstance(currency).getDefaultFractionDigits();
      return digits < 0 ? USUAL : digits;
    } catch (IllegalArgumentException e) {
      return USUAL;
    }
  }

  /**
   * An amount in units of so many decimals.
   *
   * @throws ArithmeticException when it is not a whole number of them
   */
  public static long of(Amount amount, int decimals) {
    return amount
        .toDecimal()
        .movePointRight(decimals)
        .setScale(0, RoundingMode.UNNECESSARY)
        .longValueExact();
  }

  /**
   * An amount from units of so many decimals.
   *
   * @throws io.tollgate.ground.Refusal when it does not fit
   */
  public static Amount amount(String currency, long units, int decimals) {
    return Amount.of(Asset.money(currency), BigDecimal.valueOf(units, decimals));
  }

  /** An amount with all its decimals, as people and some channels write it: {@code 10.50}. */
  public static String text(Amount amount, int decimals) {
    return amount.toDecimal().setScale(decimals, RoundingMode.UNNECESSARY).toPlainString();
  }
}

package io.tollgate.ground;

import java.math.BigDecimal;

/**
 * Numbers as callers write them: in ASCII digits only. Java's own readers take those of every
 * script, so that {@code １} would be 1.
 */
public final class Numerals {
  private Numerals() {}

  /**
   * Reads a whole number.
   *
   * @param text digits, with a sign or without
   * @throws NumberFormatException when it is none, or does not fit
   */
  public static long wholeNumber(String text) {
    return Long.parseLong(ascii(text));
  }

  /**
   * Reads a decimal.
   *
   * @param text such as {@code 10}, {@code 0.25} or {@code 1e-3}
   * @throws NumberFormatException when it is none
   */
  public static BigDecimal decimal(String text) {
    return new BigDecimal(ascii(text));
  }

  private static String ascii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > '~') {
        throw new NumberFormatException("not all in ASCII digits");
      }
    }
    return text;
  }
}

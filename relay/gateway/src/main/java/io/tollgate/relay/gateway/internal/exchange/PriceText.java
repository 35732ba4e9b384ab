package io.tollgate.relay.gateway.internal.exchange;

/** Writes a price as a decimal number, without the zeros at its end. */
final class PriceText {
  private PriceText() {}

  /**
   * The price.
   *
   * @param units smallest units of a currency, at least 0
   * @param scale decimals of such a unit
   */
  static String of(long units, int scale) {
    String digits = Long.toString(units);
    if (scale == 0 || units == 0) {
      return digits;
    }
    StringBuilder text = new StringBuilder(scale + 2);
    int whole = digits.length() - scale;
    if (whole > 0) {
      text.append(digits, 0, whole);
    } else {
      text.append('0');
    }
    int end = digits.length();
    while (end > Math.max(whole, 0) && digits.charAt(end - 1) == '0') {
      end--;
    }
    if (end > Math.max(whole, 0)) {
      text.append('.').repeat('0', Math.max(0, -whole)).append(digits, Math.max(whole, 0), end);
    }
    return text.toString();
  }
}

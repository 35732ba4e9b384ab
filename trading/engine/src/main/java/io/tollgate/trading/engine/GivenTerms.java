package io.tollgate.trading.engine;

import io.tollgate.ground.GivenText;
import java.math.BigDecimal;
import java.util.Set;
import java.util.regex.Pattern;

/** Judges what is given as the terms of strategies and of those who follow them. */
final class GivenTerms {
  /** The most that anything here is, in USDT. */
  static final BigDecimal USDT_MAX = new BigDecimal("1000000000");

  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
  private static final Pattern SYMBOL = Pattern.compile("[A-Za-z0-9/:_.-]{1,40}");
  private static final Set<String> TIMEFRAMES =
      Set.of("1m", "3m", "5m", "15m", "30m", "1h", "2h", "4h", "6h", "12h", "1d");
  private static final int DECIMALS = 8;
  private static final int DIGITS = 40;
  private static final int LEVERAGE_MAX = 125;

  private GivenTerms() {}

  static void code(String given) {
    if (!CODE.matcher(given).matches()) {
      throw GivenText.refused("code", given, "1 to 64 of A-Z a-z 0-9 _ . -");
    }
  }

  /** A name: on one line, and something to be seen. */
  static void name(String field, String given, int most) {
    boolean fits =
        !given.isBlank()
            && given.length() <= most
            && given.chars().noneMatch(Character::isISOControl);
    if (!fits) {
      throw GivenText.refused(field, given, "1 to " + most + " characters");
    }
  }

  /** A text that may be empty. */
  static void text(String field, String given, int most) {
    if (given.length() > most || given.indexOf('\0') >= 0) {
      throw GivenText.refused(field, given, "at most " + most + " characters");
    }
  }

  static void symbol(String field, String given) {
    if (!SYMBOL.matcher(given).matches()) {
      throw GivenText.refused(field, given, "one such as BTC/USDT");
    }
  }

  static void timeframe(String given) {
    if (!TIMEFRAMES.contains(given)) {
      throw GivenText.refused(
          "timeframe", given, "1m, 3m, 5m, 15m, 30m, 1h, 2h, 4h, 6h, 12h or 1d");
    }
  }

  static void within(String field, int given, int least, int most) {
    if (given < least || given > most) {
      throw GivenText.refused(field, Integer.toString(given), least + " to " + most);
    }
  }

  static void leverage(int given) {
    within("leverage", given, 1, LEVERAGE_MAX);
  }

  /** An amount of USDT from 0. */
  static void usdt(String field, BigDecimal given) {
    if (!fits(given) || given.signum() < 0) {
      throw GivenText.refused(
          field,
          given.toString(),
          "0 to " + USDT_MAX.toPlainString() + ", at most " + DECIMALS + " decimals");
    }
  }

  /** An amount of USDT above 0. */
  static void positiveUsdt(String field, BigDecimal given) {
    if (!fits(given) || given.signum() <= 0) {
      throw GivenText.refused(
          field,
          given.toString(),
          "more than 0, at most "
              + USDT_MAX.toPlainString()
              + ", at most "
              + DECIMALS
              + " decimals");
    }
  }

  private static boolean fits(BigDecimal given) {
    // what is huge either way is not computed with
    return given.precision() <= DIGITS
        && Math.abs((long) given.scale()) <= DIGITS
        && given.compareTo(USDT_MAX) <= 0
        && given.stripTrailingZeros().scale() <= DECIMALS;
  }
}

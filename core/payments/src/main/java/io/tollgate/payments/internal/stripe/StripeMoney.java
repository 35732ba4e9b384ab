package io.tollgate.payments.internal.stripe;

import io.tollgate.ground.Amount;
import io.tollgate.payments.MinorUnits;
import java.util.Locale;
import java.util.Set;

/**
 * Amounts as Stripe counts them, see <a href="https://docs.stripe.com/currencies">currencies</a>:
 * in hundredths, but for currencies without decimals, and those with three, whose last is always 0.
 */
final class StripeMoney {
  private static final Set<String> NO_DECIMALS =
      Set.of(
          "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF",
          "XOF", "XPF");

  private static final Set<String> THREE_DECIMALS = Set.of("BHD", "JOD", "KWD", "OMR", "TND");

  /** Counted in hundredths as before, though they have none any more. */
  private static final Set<String> WHOLE_IN_HUNDREDTHS = Set.of("ISK", "UGX");

  private StripeMoney() {}

  /** With how many decimals amounts may be given. */
  static int decimals(String currency) {
    return NO_DECIMALS.contains(currency) || WHOLE_IN_HUNDREDTHS.contains(currency) ? 0 : 2;
  }

  static long units(Amount amount) {
    return MinorUnits.of(amount, counted(amount.asset().code()));
  }

  /** An amount that Stripe tells; currencies are in small letters there. */
  static Amount amount(String currency, long units) {
    String code = currency.toUpperCase(Locale.ROOT);
    return MinorUnits.amount(code, units, counted(code));
  }

  private static int counted(String currency) {
    return NO_DECIMALS.contains(currency) ? 0 : THREE_DECIMALS.contains(currency) ? 3 : 2;
  }
}

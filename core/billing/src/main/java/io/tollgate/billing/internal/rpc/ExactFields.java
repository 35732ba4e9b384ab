package io.tollgate.billing.internal.rpc;

import io.tollgate.ground.Amount;
import io.tollgate.ground.GivenText;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Numbers that are there twice: in the field that existing clients know, which may round or end at
 * its bound, and exactly. Of both that are given the exact one is believed, if the other is what it
 * would be rounded to.
 */
final class ExactFields {
  private static final int TEXT_MAX = 64;

  private ExactFields() {}

  /** A count as callers give it. */
  static long count(int bounded, long exact) {
    if (exact == 0) {
      return bounded;
    }
    if (bounded != 0 && bounded != bounded(exact)) {
      throw GivenText.refused(
          "count", Integer.toString(bounded), bounded(exact) + " as exactCount says, or 0");
    }
    return exact;
  }

  /** An amount as callers give it; nothing where both are left out. */
  static Optional<BigDecimal> amount(String name, double rounded, String exact) {
    if (!Double.isFinite(rounded)) {
      throw GivenText.refused(name, Double.toString(rounded), "a number");
    }
    if (exact.isEmpty()) {
      return rounded == 0 ? Optional.empty() : Optional.of(BigDecimal.valueOf(rounded));
    }
    BigDecimal read = decimal(name, exact);
    if (rounded != 0 && rounded != read.doubleValue()) {
      throw GivenText.refused(name, Double.toString(rounded), exact + " as the exact field says");
    }
    return Optional.of(read);
  }

  private static BigDecimal decimal(String name, String text) {
    if (text.length() <= TEXT_MAX) {
      try {
        return new BigDecimal(text);
      } catch (NumberFormatException _) {
        // told below, as for a text that is too long
      }
    }
    throw GivenText.refused(name, text, "a decimal number of at most " + TEXT_MAX + " characters");
  }

  /** A count in the field that existing clients know: at its bound where it is beyond it. */
  static int bounded(long exact) {
    return Math.clamp(exact, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** An amount in the field that existing clients know. */
  static double rounded(Amount amount) {
    return amount.toDecimal().doubleValue();
  }
}

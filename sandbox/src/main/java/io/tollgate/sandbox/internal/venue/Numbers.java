package io.tollgate.sandbox.internal.venue;

import io.tollgate.sandbox.internal.venue.Refused.Reason;
import java.math.BigDecimal;
import java.util.Optional;

/** Numbers that callers send. */
public final class Numbers {
  private static final String DECIMAL = "[0-9]{1,18}(\\.[0-9]{1,18})?";

  private Numbers() {}

  /**
   * One that is more than 0.
   *
   * @throws Refused when it is none
   */
  public static BigDecimal positive(Optional<String> text, String name) {
    return text.filter(given -> given.matches(DECIMAL))
        .map(BigDecimal::new)
        .filter(number -> number.signum() > 0)
        .orElseThrow(() -> new Refused(Reason.BAD_PARAMETER, "Parameter " + name + " error"));
  }
}

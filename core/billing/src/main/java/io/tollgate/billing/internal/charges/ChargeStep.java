package io.tollgate.billing.internal.charges;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The steps of charges for services after which a process can be made to die, for tests of what is
 * left then. Each is reached right after what its name says.
 */
public enum ChargeStep {
  /** A batch of charges is written within its transaction, and not committed. */
  CHARGE_WRITTEN,
  /** A batch of charges is committed; nobody has been told. */
  CHARGE_COMMITTED,
  /** A refund of a charge is written within its transaction, and not committed. */
  REFUND_WRITTEN;

  /** What all of them begin with. */
  static final String PREFIX = "billing-service-";

  /** As the environment names it: {@code billing-service-charge-written}. */
  public String code() {
    return PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> codes() {
    return Arrays.stream(values()).map(ChargeStep::code).toList();
  }
}

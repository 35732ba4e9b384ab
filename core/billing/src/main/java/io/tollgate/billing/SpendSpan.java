package io.tollgate.billing;

import java.util.Locale;

/** The period for which a spend limit's amount is given, by the tenant's calendar. */
public enum SpendSpan {
  /** From midnight to midnight. */
  DAY,
  /** From the first of a month to the first of the next. */
  MONTH,
  /** For ever. */
  TOTAL;

  /** As stored and as interfaces show it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}

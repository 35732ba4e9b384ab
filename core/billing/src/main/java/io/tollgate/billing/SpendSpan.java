package io.tollgate.billing;

import java.util.Locale;

/** How long what a spend limit allows has to last, by the calendar of the tenant. */
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

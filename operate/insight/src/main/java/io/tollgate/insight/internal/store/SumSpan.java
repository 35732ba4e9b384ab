package io.tollgate.insight.internal.store;

import java.time.LocalDate;

/** A stretch of UTC that is added up as a whole: a month is made from its days. */
enum SumSpan {
  DAY,
  MONTH;

  /** The first day of the one that a day is in. */
  LocalDate begin(LocalDate day) {
    return this == DAY ? day : day.withDayOfMonth(1);
  }

  /** The first day after it. */
  LocalDate end(LocalDate begin) {
    return this == DAY ? begin.plusDays(1) : begin.plusMonths(1);
  }
}

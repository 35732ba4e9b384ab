package io.tollgate.billing;

import java.math.BigDecimal;

/**
 * What provider accounts charge, as a multiple of what a model costs elsewhere: 0.8 for one with a
 * discount of a fifth. Answers from memory; safe for use by many threads.
 */
@FunctionalInterface
public interface AccountCostFactors {
  /** Every account charges what the model costs. */
  AccountCostFactors SAME = account -> BigDecimal.ONE;

  /** The account's factor, not negative; 1 where the account is not known. */
  BigDecimal of(long account);
}

package io.tollgate.trading.exchange.internal.calls;

import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.internal.rates.RateBudgets;
import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.WireResult.Answered;

/** How an exchange tells what became of a call. Immutable. */
public interface Dialect {
  /** Of an answer; what it does not know for sure is unknown. */
  Outcome<Fields> outcome(Answered answer);

  /** Takes over what the answer's head tells of budgets. */
  void budgets(Answered answer, BudgetNames names, RateBudgets budgets);
}

package io.tollgate.trading.engine;

import io.tollgate.data.Transaction;
import io.tollgate.trading.engine.execution.SignalDraft;

/** Where strategies' signals go. Safe for use by many threads. */
public interface Signals {
  /**
   * Takes a signal, in the caller's transaction; orders are made of it after the commit.
   *
   * @return its id; of one that was said before, that one's
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such strategy
   */
  String accept(Transaction transaction, SignalDraft draft);
}

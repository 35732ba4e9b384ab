package io.tollgate.trading.exchange;

import java.util.List;

/**
 * Orders that wait at an exchange until the mark price reaches another, and then close at the
 * market what there is of a position, up to a quantity: they never open one. Contracts only; all
 * calls are {@code Rejected(REJECTED)} for spot and on paper. Blocking, for virtual threads; safe
 * for use by many.
 */
public interface ConditionalOrders {
  /**
   * Sends an order, once. Where its answer is missing it is looked for by its own id, some seconds
   * later and again: what waits twice closes a position no more than once.
   */
  Outcome<ConditionalOrder> place(ConditionalRequest order);

  /** By own id, be it waiting or ended. {@code NotFound} says what was seen now. */
  Outcome<ConditionalOrder> find(Symbol symbol, ClientOrderId id);

  /** {@code NotFound}: it does not wait, or never did, and has to be asked for. */
  Outcome<Done> cancel(Symbol symbol, ClientOrderId id);

  /** All that wait, of whomever. */
  Outcome<List<ConditionalOrder>> waiting(Symbol symbol);
}

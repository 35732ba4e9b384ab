package io.tollgate.trading.exchange.placing;

import io.tollgate.trading.exchange.OrderState;

/** How the cancelling of an order ended. */
public sealed interface CancelResult {
  /** Nothing of it can fill any more; what was filled until then is in it. */
  record Ended(OrderState order) implements CancelResult {}

  /** The exchange shows no such order. */
  record NotThere(String said) implements CancelResult {}

  /** Not known yet: to be cancelled again later. */
  record Unconfirmed(String said) implements CancelResult {}
}

package io.tollgate.trading.exchange.placing;

import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.Rejection;

/** How the placing of an order ended. */
public sealed interface PlacementResult {
  /** The exchange has it: once. */
  record Placed(OrderState order) implements PlacementResult {}

  /** The exchange does not want it, and has it nowhere. */
  record Refused(Rejection code, String said) implements PlacementResult {}

  /**
   * The exchange has it nowhere, for certain, and it is not sent any more.
   *
   * @param errorCode {@code RATE_LIMITED}, {@code BANNED}, {@code CLOCK_SKEW}, {@code AUTH_FAILED}
   *     or {@code NOT_SENT}
   */
  record NotPlaced(String errorCode, String said) implements PlacementResult {}

  /** Not known yet: to be gone on with later, by {@link OrderPlacement#resume}. */
  record Unconfirmed(Intent intent, String said) implements PlacementResult {}
}

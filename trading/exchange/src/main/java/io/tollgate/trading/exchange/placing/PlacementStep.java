package io.tollgate.trading.exchange.placing;

import java.time.Duration;

/** What is to be done next for an order to be placed. */
public sealed interface PlacementStep {
  /** Write the intent down, then send the order. */
  record Send() implements PlacementStep {}

  /** Look for it everywhere it could be. */
  record Look(Intent intent) implements PlacementStep {}

  /** Ask the exchange for its time. */
  record AskTime() implements PlacementStep {}

  /** Nothing for a while, which is more than 0. */
  record Pause(Duration length) implements PlacementStep {}

  /** Nothing any more. */
  record Finish(PlacementResult result) implements PlacementStep {}
}

package io.tollgate.sandbox.internal.venue;

import java.util.Optional;

/** Told of what happens to orders, once it has. Confined to the event loop. */
public interface BookListener {
  /**
   * An order is new, was filled in part or whole (with the trade), or ended.
   *
   * @param now by the exchange's clock, in milliseconds
   */
  void changed(VenueAccount account, VenueOrder order, Optional<VenueTrade> trade, long now);
}

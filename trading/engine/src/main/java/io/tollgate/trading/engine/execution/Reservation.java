package io.tollgate.trading.engine.execution;

import static java.util.Objects.requireNonNull;

/** What came of asking for an order. */
public sealed interface Reservation {
  /** It will be placed. */
  record Reserved(TradedOrder order) implements Reservation {
    public Reserved {
      requireNonNull(order, "order is null");
    }
  }

  /** The task is known: this is its order, whatever is asked for now. */
  record Known(TradedOrder order) implements Reservation {
    public Known {
      requireNonNull(order, "order is null");
    }
  }

  /**
   * It will not be placed.
   *
   * @param code as interfaces write it
   * @param reason what was found, and what was expected
   */
  record Denied(String code, String reason) implements Reservation {
    public Denied {
      requireNonNull(code, "code is null");
      requireNonNull(reason, "reason is null");
    }
  }
}

package io.tollgate.trading.node.internal.order;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.Outcome;

/** What becomes of a wish under the exchange's rules. */
sealed interface OrderPlan {
  /** It is an order. */
  record Possible(OrderRequest order) implements OrderPlan {
    public Possible {
      requireNonNull(order, "order is null");
    }
  }

  /**
   * It is none; nothing was sent.
   *
   * @param errorCode as results have it
   */
  record Impossible(String errorCode, String said) implements OrderPlan {
    public Impossible {
      requireNonNull(errorCode, "errorCode is null");
      requireNonNull(said, "said is null");
    }
  }

  /** What was asked for before did not come. */
  static Impossible without(String what, Outcome<?> outcome) {
    return new Impossible(code(outcome), what + ": " + outcome);
  }

  /** The word for a call before the order: what is unknown of that is no order in doubt. */
  static String code(Outcome<?> outcome) {
    return outcome instanceof Outcome.Unknown ? "NOT_SENT" : outcome.errorCode();
  }
}

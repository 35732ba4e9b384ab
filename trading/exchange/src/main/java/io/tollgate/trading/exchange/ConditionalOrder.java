package io.tollgate.trading.exchange;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * An order that waits for a price, as the exchange has it.
 *
 * @param id the id it was given, empty when the exchange has it from elsewhere
 * @param quantity in the base coin; 0 where all of a position is meant
 * @param trigger the price
 */
public record ConditionalOrder(
    Optional<ClientOrderId> id,
    String exchangeId,
    Symbol symbol,
    Side side,
    BigDecimal quantity,
    BigDecimal trigger,
    Status status) {
  /** Where it is. */
  public enum Status {
    WAITING,
    /** The price was reached, and it became an order. */
    TRIGGERED,
    CANCELLED,
    /** The price was reached, and the order was refused; or its time was over. */
    FAILED
  }

  /** Whether the order goes by this id. */
  public boolean is(ClientOrderId other) {
    return id.isPresent() && id.get().equals(other);
  }
}

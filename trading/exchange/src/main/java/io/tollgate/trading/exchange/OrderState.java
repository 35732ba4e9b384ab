package io.tollgate.trading.exchange;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * An order as the exchange has it.
 *
 * @param id the id it was given, empty when the exchange has it from elsewhere or under none
 * @param quantity in the base coin
 * @param filled in the base coin, from 0 to the quantity
 * @param averagePrice of what is filled, none when nothing is
 * @param updatedAt by the exchange's clock
 */
public record OrderState(
    Optional<ClientOrderId> id,
    String exchangeOrderId,
    Symbol symbol,
    Side side,
    OrderStatus status,
    BigDecimal quantity,
    BigDecimal filled,
    Optional<BigDecimal> averagePrice,
    Instant updatedAt) {
  public OrderState {
    requireNonNull(id, "id is null");
    requireNonNull(exchangeOrderId, "exchangeOrderId is null");
    requireNonNull(symbol, "symbol is null");
    requireNonNull(side, "side is null");
    requireNonNull(status, "status is null");
    requireNonNull(quantity, "quantity is null");
    requireNonNull(filled, "filled is null");
    requireNonNull(averagePrice, "averagePrice is null");
    requireNonNull(updatedAt, "updatedAt is null");
  }

  /** Whether the order goes by this id. */
  public boolean is(ClientOrderId other) {
    return id.isPresent() && id.get().equals(other);
  }
}

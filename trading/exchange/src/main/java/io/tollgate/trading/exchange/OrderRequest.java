package io.tollgate.trading.exchange;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.GivenText;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * An order to be placed.
 *
 * @param quantity in the base coin, whatever the exchange counts in; more than 0, and a multiple of
 *     the instrument's step ({@link Instrument#quantity})
 * @param price of a {@link OrderType#LIMIT} order, in the quote coin, a multiple of the tick; none
 *     for {@link OrderType#MARKET}
 * @param lasts of a limit order; a market order's is not looked at
 * @param position {@code NONE} for spot and in one-way mode
 * @param reduceOnly whether it may only make a position smaller; in hedge mode the position's side
 *     says so already
 */
public record OrderRequest(
    ClientOrderId id,
    Symbol symbol,
    Side side,
    OrderType type,
    BigDecimal quantity,
    Optional<BigDecimal> price,
    TimeInForce lasts,
    PositionSide position,
    boolean reduceOnly) {
  public OrderRequest {
    requireNonNull(id, "id is null");
    requireNonNull(symbol, "symbol is null");
    requireNonNull(side, "side is null");
    requireNonNull(lasts, "lasts is null");
    requireNonNull(position, "position is null");
    if (quantity.signum() <= 0) {
      throw GivenText.refused("quantity", quantity.toPlainString(), "more than 0");
    }
    if (price.isPresent() != (type == OrderType.LIMIT)) {
      throw GivenText.refused(
          "price",
          price.map(BigDecimal::toPlainString).orElse("none"),
          "one for a limit order, none for a market order");
    }
    price
        .filter(given -> given.signum() <= 0)
        .ifPresent(
            given -> {
              throw GivenText.refused("price", given.toPlainString(), "more than 0");
            });
  }

  /** A market order. */
  public static OrderRequest market(
      ClientOrderId id, Symbol symbol, Side side, BigDecimal quantity, PositionSide position) {
    return new OrderRequest(
        id,
        symbol,
        side,
        OrderType.MARKET,
        quantity,
        Optional.empty(),
        TimeInForce.IOC,
        position,
        false);
  }

  /** A limit order that stays until it is cancelled. */
  public static OrderRequest limit(
      ClientOrderId id,
      Symbol symbol,
      Side side,
      BigDecimal quantity,
      BigDecimal price,
      PositionSide position) {
    return new OrderRequest(
        id,
        symbol,
        side,
        OrderType.LIMIT,
        quantity,
        Optional.of(price),
        TimeInForce.GTC,
        position,
        false);
  }
}

package io.tollgate.trading.engine.execution;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.episode.Episode.Direction;
import io.tollgate.trading.engine.risk.RiskOrder;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderType;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.TimeInForce;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/**
 * What is to be ordered once.
 *
 * @param position that it makes larger or smaller
 * @param signal that asked for it
 * @param strategy by whose code it goes
 * @param closeReason of an order that makes a position smaller
 * @param quantity of the base coin, more than 0, in whole steps
 * @param price of a limit order
 * @param reference price by which its value is judged, more than 0
 * @param levels that the position gets
 * @param sendBefore by our clock: later it is not sent any more, not even again
 */
public record OrderTerms(
    TaskId task,
    PositionKey position,
    RiskOrder.Intent intent,
    RiskOrder.Origin origin,
    Optional<String> signal,
    Optional<String> strategy,
    Optional<CloseReason> closeReason,
    OrderType type,
    BigDecimal quantity,
    Optional<BigDecimal> price,
    BigDecimal reference,
    Levels levels,
    Instant sendBefore) {
  public OrderTerms {
    requireNonNull(task, "task is null");
    requireNonNull(position, "position is null");
    requireNonNull(intent, "intent is null");
    requireNonNull(origin, "origin is null");
    requireNonNull(signal, "signal is null");
    requireNonNull(strategy, "strategy is null");
    requireNonNull(type, "type is null");
    requireNonNull(price, "price is null");
    requireNonNull(levels, "levels is null");
    requireNonNull(sendBefore, "sendBefore is null");
    requirePositive("quantity", quantity);
    requirePositive("reference", reference);
    if (closeReason.isPresent() == intent.enters()) {
      throw new IllegalArgumentException(
          "close reason: "
              + closeReason
              + " (expected: one when it does not enter: "
              + intent
              + ")");
    }
  }

  /** Which way it trades. */
  public Side side() {
    return intent.enters() == (position.direction() == Direction.LONG) ? Side.BUY : Side.SELL;
  }

  /** Its value at the reference price, in the quote coin. */
  public BigDecimal notional() {
    return quantity.multiply(reference);
  }

  /** The same for another quantity. */
  public OrderTerms of(BigDecimal other) {
    return new OrderTerms(
        task,
        position,
        intent,
        origin,
        signal,
        strategy,
        closeReason,
        type,
        other,
        price,
        reference,
        levels,
        sendBefore);
  }

  /**
   * As an exchange is asked for it.
   *
   * @param hedged whether the account keeps longs and shorts apart
   */
  public OrderRequest request(boolean hedged) {
    boolean future = position.market() == MarketType.FUTURE;
    PositionSide side =
        future && hedged
            ? switch (position.direction()) {
              case LONG -> PositionSide.LONG;
              case SHORT -> PositionSide.SHORT;
            }
            : PositionSide.NONE;
    return new OrderRequest(
        task.clientOrderId(),
        position.symbol(),
        side(),
        type,
        quantity,
        price,
        type == OrderType.MARKET ? TimeInForce.IOC : TimeInForce.GTC,
        side,
        future && !hedged && !intent.enters());
  }

  private static void requirePositive(String name, BigDecimal given) {
    if (given.signum() <= 0) {
      throw new IllegalArgumentException(name + ": " + given + " (expected: more than 0)");
    }
  }
}

package io.tollgate.trading.engine.execution;

import io.tollgate.trading.engine.risk.RiskOrder;
import io.tollgate.trading.exchange.OrderType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** Orders that close positions. */
public final class Closes {
  private Closes() {}

  /**
   * One that a level of the position asks for, of all that is held.
   *
   * @param price that reached it
   * @param sendBefore later another attempt is made
   */
  public static OrderTerms byLevel(
      HeldPosition position, CloseReason level, BigDecimal price, Instant sendBefore) {
    return of(
        position, position.nextClose(level), RiskOrder.Origin.WATCHER, level, price, sendBefore);
  }

  /**
   * One of all that is held.
   *
   * @param price at which its value is judged
   * @param sendBefore later it is not sent any more
   */
  public static OrderTerms of(
      HeldPosition position,
      TaskId task,
      RiskOrder.Origin origin,
      CloseReason reason,
      BigDecimal price,
      Instant sendBefore) {
    return new OrderTerms(
        task,
        position.key(),
        RiskOrder.Intent.CLOSE,
        origin,
        Optional.empty(),
        position.strategy(),
        Optional.of(reason),
        OrderType.MARKET,
        position.episode().quantity(),
        Optional.empty(),
        price,
        Levels.NONE,
        sendBefore);
  }
}

package io.tollgate.sandbox.internal.trading.book;

import io.tollgate.sandbox.internal.trading.market.Instrument;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * What a caller asks for, read and of the right form, not yet checked against any rule.
 *
 * @param quantity in the base coin; empty where a spot order names what it pays instead, and for an
 *     algorithm that closes the whole position
 * @param payment of a spot market order, in the quote coin
 * @param clientId empty: made by the exchange
 * @param trigger of a conditional order
 */
public record OrderRequest(
    Instrument instrument,
    Side side,
    PositionSide positionSide,
    OrderType type,
    TimeInForce timeInForce,
    Optional<BigDecimal> quantity,
    Optional<BigDecimal> payment,
    Optional<BigDecimal> price,
    Optional<String> clientId,
    boolean reduceOnly,
    Optional<BigDecimal> trigger,
    boolean closesPosition) {

  /** Whether a price sets it off: a stop when it is as bad as the trigger says, or worse. */
  boolean setOffAt(BigDecimal at) {
    boolean rising = type.stops() == buys();
    int compared = at.compareTo(trigger.orElse(at));
    return rising ? compared >= 0 : compared <= 0;
  }

  public boolean buys() {
    return side == Side.BUY;
  }

  /** Whether it only takes a hedge position back. */
  public boolean closesHedge() {
    return positionSide == PositionSide.LONG && side == Side.SELL
        || positionSide == PositionSide.SHORT && side == Side.BUY;
  }
}

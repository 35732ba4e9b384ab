package io.tollgate.trading.exchange;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.GivenText;
import java.math.BigDecimal;

/**
 * An order that is to wait for a price.
 *
 * @param side that closes: SELL for a long position
 * @param kind on which side of the price now it waits
 * @param quantity in the base coin, a multiple of the instrument's step
 * @param trigger more than 0, a multiple of the tick
 * @param position {@code NONE} in one-way mode
 */
public record ConditionalRequest(
    ClientOrderId id,
    Symbol symbol,
    Side side,
    Kind kind,
    BigDecimal quantity,
    BigDecimal trigger,
    PositionSide position) {
  /** What it is for. */
  public enum Kind {
    /** Against a loss: a sale waits for a price below, a purchase for one above. */
    STOP,
    /** For a gain: the other way round. */
    TARGET
  }

  public ConditionalRequest {
    requireNonNull(id, "id is null");
    requireNonNull(symbol, "symbol is null");
    requireNonNull(side, "side is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(position, "position is null");
    if (quantity.signum() <= 0) {
      throw GivenText.refused("quantity", quantity.toPlainString(), "more than 0");
    }
    if (trigger.signum() <= 0) {
      throw GivenText.refused("trigger", trigger.toPlainString(), "more than 0");
    }
  }

  /** Whether it waits for a price that is higher than now. */
  public boolean waitsAbove() {
    return (kind == Kind.TARGET) == (side == Side.SELL);
  }
}

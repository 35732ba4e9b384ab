package io.tollgate.trading.engine.sizing;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.sizing.SkippedTrade.Reason;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.OrderType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** How much of the base coin an order is for. */
public sealed interface OrderQuantity permits OrderQuantity.Base, SkippedTrade {
  /** A quantity of the base coin, in whole steps. */
  record Base(BigDecimal quantity) implements OrderQuantity {
    public Base {
      requireNonNull(quantity, "quantity is null");
    }
  }

  /**
   * The largest quantity in whole steps that costs no more than the notional.
   *
   * @param price more than 0
   */
  static OrderQuantity of(
      TradeAmount.Notional notional, BigDecimal price, Instrument instrument, OrderType type) {
    // cut off: what is rounded up here could be a step too many
    BigDecimal wished = notional.usdt().divide(price, new MathContext(34, RoundingMode.DOWN));
    BigDecimal quantity = instrument.quantity(wished, type);
    BigDecimal value = quantity.multiply(price);
    if (quantity.signum() <= 0 || quantity.compareTo(instrument.minQuantity()) < 0) {
      return tooSmall("quantity", quantity, instrument.minQuantity());
    }
    return value.compareTo(instrument.minNotional()) < 0
        ? tooSmall("notional", value, instrument.minNotional())
        : new Base(quantity);
  }

  private static SkippedTrade tooSmall(String name, BigDecimal found, BigDecimal least) {
    return new SkippedTrade(
        Reason.MIN_NOTIONAL,
        name
            + ": "
            + found.toPlainString()
            + " (expected: "
            + (least.signum() > 0 ? "at least " + least.toPlainString() : "more than 0")
            + ")");
  }
}

package io.tollgate.trading.exchange.internal.okx;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.OrderStatus;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.UnreadableAnswer;
import java.math.BigDecimal;

/** Reads OKX's orders and trades. */
final class OkxReading {
  private OkxReading() {}

  static OrderState order(Fields row, Instrument instrument) {
    BigDecimal filled = instrument.ofContracts(row.findNumber("accFillSz").orElse(BigDecimal.ZERO));
    return new OrderState(
        row.find("clOrdId").filter(ClientOrderId::isOurs).map(ClientOrderId::new),
        row.text("ordId"),
        instrument.symbol(),
        side(row.text("side")),
        status(row.text("state")),
        instrument.ofContracts(row.number("sz")),
        filled,
        row.findNumber("avgPx").filter(price -> price.signum() > 0 && filled.signum() > 0),
        row.millis("uTime"));
  }

  static Fill fill(Fields row, Instrument instrument) {
    return new Fill(
        row.text("billId"),
        row.text("ordId"),
        instrument.symbol(),
        side(row.text("side")),
        instrument.ofContracts(row.number("fillSz")),
        row.number("fillPx"),
        // OKX writes what is paid as negative
        row.number("fee").negate(),
        row.text("feeCcy"),
        row.millis("ts"));
  }

  static Side side(String text) {
    return switch (text) {
      case "buy" -> Side.BUY;
      case "sell" -> Side.SELL;
      default -> throw new UnreadableAnswer("side " + text);
    };
  }

  static OrderStatus status(String text) {
    return switch (text) {
      case "live" -> OrderStatus.OPEN;
      case "partially_filled" -> OrderStatus.PARTIAL;
      case "filled" -> OrderStatus.FILLED;
      case "canceled", "mmp_canceled" -> OrderStatus.CANCELLED;
      default -> throw new UnreadableAnswer("state " + text);
    };
  }
}

package io.tollgate.trading.exchange.internal.gate;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.OrderStatus;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.UnreadableAnswer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** Reads Gate's orders and trades. */
final class GateReading {
  private static final String PREFIX = "t-";

  private GateReading() {}

  /** How an own id is written there. */
  static String text(ClientOrderId id) {
    return PREFIX + id.text();
  }

  /** Ours, where the row has one. */
  static Optional<ClientOrderId> ownId(Fields row) {
    return row.find("text")
        .filter(text -> text.startsWith(PREFIX))
        .map(text -> text.substring(PREFIX.length()))
        .filter(ClientOrderId::isOurs)
        .map(ClientOrderId::new);
  }

  static OrderState spotOrder(Fields row, Instrument instrument) {
    BigDecimal quantity = row.number("amount");
    BigDecimal filled =
        row.findNumber("filled_amount").orElseGet(() -> quantity.subtract(row.number("left")));
    return new OrderState(
        ownId(row),
        row.text("id"),
        instrument.symbol(),
        side(row.text("side")),
        status(row.text("status"), row.find("finish_as").orElse(""), filled),
        quantity,
        filled,
        row.findNumber("avg_deal_price").filter(price -> price.signum() > 0),
        row.millis("update_time_ms"));
  }

  /** As a stream tells it, by what happened to it last. */
  static OrderState toldSpotOrder(Fields row, Instrument instrument) {
    BigDecimal quantity = row.number("amount");
    BigDecimal filled = quantity.subtract(row.number("left"));
    String finishedAs = row.find("finish_as").orElse("");
    return new OrderState(
        ownId(row),
        row.text("id"),
        instrument.symbol(),
        side(row.text("side")),
        row.text("event").equals("finish")
            ? status("finished", finishedAs, filled)
            : status("open", finishedAs, filled),
        quantity,
        filled,
        row.findNumber("avg_deal_price").filter(price -> price.signum() > 0),
        millis(row, "update_time_ms"));
  }

  static OrderState contractOrder(Fields row, Instrument instrument) {
    BigDecimal size = row.number("size");
    BigDecimal filled = size.abs().subtract(row.number("left").abs());
    return new OrderState(
        ownId(row),
        row.text("id"),
        instrument.symbol(),
        sideOf(size),
        status(row.text("status"), row.find("finish_as").orElse(""), filled),
        instrument.ofContracts(size.abs()),
        instrument.ofContracts(filled),
        row.findNumber("fill_price").filter(price -> price.signum() > 0 && filled.signum() > 0),
        row.has("finish_time") ? row.seconds("finish_time") : row.seconds("create_time"));
  }

  private static OrderStatus status(String status, String finishedAs, BigDecimal filled) {
    return switch (status) {
      case "open" -> filled.signum() > 0 ? OrderStatus.PARTIAL : OrderStatus.OPEN;
      case "closed" -> OrderStatus.FILLED;
      case "cancelled" -> unfilled(finishedAs);
      case "finished" -> finishedAs.equals("filled") ? OrderStatus.FILLED : unfilled(finishedAs);
      default -> throw new UnreadableAnswer("status " + status);
    };
  }

  /** What its time in force ended, and what somebody or something else did. */
  private static OrderStatus unfilled(String finishedAs) {
    return switch (finishedAs) {
      case "ioc", "fok", "poc" -> OrderStatus.EXPIRED;
      default -> OrderStatus.CANCELLED;
    };
  }

  static Fill spotFill(Fields row, Instrument instrument) {
    return new Fill(
        row.text("id"),
        row.text("order_id"),
        instrument.symbol(),
        side(row.text("side")),
        row.number("amount"),
        row.number("price"),
        row.number("fee"),
        row.text("fee_currency"),
        millis(row, "create_time_ms"));
  }

  static Fill contractFill(Fields row, Instrument instrument) {
    BigDecimal size = row.number("size");
    return new Fill(
        row.text("id"),
        row.text("order_id"),
        instrument.symbol(),
        sideOf(size),
        instrument.ofContracts(size.abs()),
        row.number("price"),
        row.findNumber("fee").orElse(BigDecimal.ZERO),
        instrument.symbol().quote(),
        row.seconds("create_time"));
  }

  /** Milliseconds with a fraction. */
  private static Instant millis(Fields row, String name) {
    return Instant.ofEpochMilli(row.number(name).longValue());
  }

  private static Side sideOf(BigDecimal size) {
    return size.signum() < 0 ? Side.SELL : Side.BUY;
  }

  private static Side side(String text) {
    return switch (text) {
      case "buy" -> Side.BUY;
      case "sell" -> Side.SELL;
      default -> throw new UnreadableAnswer("side " + text);
    };
  }
}

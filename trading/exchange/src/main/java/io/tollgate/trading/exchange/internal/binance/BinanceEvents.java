package io.tollgate.trading.exchange.internal.binance;

import io.tollgate.trading.exchange.AccountEvent;
import io.tollgate.trading.exchange.AccountEvent.Gap;
import io.tollgate.trading.exchange.AccountEvent.OrderChanged;
import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.UnreadableAnswer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** Reads what Binance tells of orders: one letter for a name. */
final class BinanceEvents {
  private static final String USDT = "USDT";

  private BinanceEvents() {}

  /** Of contracts. */
  static Optional<AccountEvent> future(Fields message) {
    return switch (message.find("e").orElse("")) {
      case "ORDER_TRADE_UPDATE" -> order(message.in("o"), message.in("o").findNumber("ap"));
      case "listenKeyExpired" -> throw new UnreadableAnswer("the listen key expired");
      default -> Optional.empty();
    };
  }

  /** Of the spot market: in an envelope, as answers to our own requests are. */
  static Optional<AccountEvent> spot(Fields message) {
    if (message.has("status")) {
      if (!message.text("status").equals("200")) {
        throw new UnreadableAnswer("not subscribed: " + message.text("status"));
      }
      return Optional.of(new Gap("subscribed"));
    }
    if (!message.has("event")) {
      return Optional.empty();
    }
    Fields event = message.in("event");
    return switch (event.find("e").orElse("")) {
      case "executionReport" -> {
        BigDecimal filled = event.number("z");
        yield order(
            event,
            filled.signum() == 0
                ? Optional.empty()
                : event
                    .findNumber("Z")
                    .map(turnover -> turnover.divide(filled, MathContext.DECIMAL64)));
      }
      case "eventStreamTerminated" -> throw new UnreadableAnswer("the stream was ended");
      default -> Optional.empty();
    };
  }

  private static Optional<AccountEvent> order(Fields told, Optional<BigDecimal> average) {
    String name = told.text("s");
    if (!name.endsWith(USDT) || name.length() == USDT.length()) {
      return Optional.empty();
    }
    Symbol symbol = new Symbol(name.substring(0, name.length() - USDT.length()), USDT);
    OrderState order =
        new OrderState(
            // a cancelled spot order has the cancel's id where others have the order's
            told.find("C")
                .filter(ClientOrderId::isOurs)
                .or(() -> told.find("c").filter(ClientOrderId::isOurs))
                .map(ClientOrderId::new),
            told.text("i"),
            symbol,
            BinanceReading.side(told.text("S")),
            BinanceReading.status(told.text("X")),
            told.number("q"),
            told.number("z"),
            average.filter(price -> price.signum() > 0),
            told.millis("T"));
    return Optional.of(
        new OrderChanged(
            order, told.text("x").equals("TRADE") ? fill(told, order) : Optional.empty()));
  }

  private static Optional<Fill> fill(Fields told, OrderState order) {
    return Optional.of(
        new Fill(
            told.text("t"),
            order.exchangeOrderId(),
            order.symbol(),
            order.side(),
            told.number("l"),
            told.number("L"),
            told.findNumber("n").orElse(BigDecimal.ZERO),
            told.find("N").orElse(USDT),
            order.updatedAt()));
  }
}

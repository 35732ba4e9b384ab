package io.tollgate.trading.exchange.internal.binance;

import io.tollgate.trading.exchange.AccountEvent;
import io.tollgate.trading.exchange.AccountEvent.BalanceChanged;
import io.tollgate.trading.exchange.AccountEvent.Gap;
import io.tollgate.trading.exchange.AccountEvent.OrderChanged;
import io.tollgate.trading.exchange.AccountEvent.PositionChanged;
import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.UnreadableAnswer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what Binance tells of orders: one letter for a name. */
final class BinanceEvents {
  private static final String USDT = "USDT";

  private BinanceEvents() {}

  /** Of contracts. */
  static List<AccountEvent> future(Fields message) {
    return switch (message.find("e").orElse("")) {
      case "ORDER_TRADE_UPDATE" -> order(message.in("o"), message.in("o").findNumber("ap"));
      case "ACCOUNT_UPDATE" -> account(message.in("a"));
      case "listenKeyExpired" -> throw new UnreadableAnswer("the listen key expired");
      default -> List.of();
    };
  }

  private static List<AccountEvent> account(Fields told) {
    List<AccountEvent> events = new ArrayList<>();
    if (told.has("B")) {
      for (Fields row : told.in("B").items()) {
        events.add(new BalanceChanged(row.text("a"), row.number("wb")));
      }
    }
    if (told.has("P")) {
      for (Fields row : told.in("P").items()) {
        symbol(row.text("s")).ifPresent(symbol -> events.add(position(row, symbol)));
      }
    }
    return events;
  }

  private static PositionChanged position(Fields row, Symbol symbol) {
    BigDecimal amount = row.number("pa");
    return new PositionChanged(
        symbol,
        switch (row.find("ps").orElse("BOTH")) {
          case "LONG" -> PositionSide.LONG;
          case "SHORT" -> PositionSide.SHORT;
          default -> PositionSide.ofSize(amount);
        },
        amount.abs(),
        amount.signum() == 0 ? BigDecimal.ZERO : row.number("ep"));
  }

  /** Of the spot market: in an envelope, as answers to our own requests are. */
  static List<AccountEvent> spot(Fields message) {
    if (message.has("status")) {
      if (!message.text("status").equals("200")) {
        throw new UnreadableAnswer("not subscribed: " + message.text("status"));
      }
      return List.of(new Gap("subscribed"));
    }
    if (!message.has("event")) {
      return List.of();
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
      case "outboundAccountPosition" ->
          event.in("B").items().stream()
              .<AccountEvent>map(
                  row -> new BalanceChanged(row.text("a"), row.number("f").add(row.number("l"))))
              .toList();
      case "eventStreamTerminated" -> throw new UnreadableAnswer("the stream was ended");
      default -> List.of();
    };
  }

  private static Optional<Symbol> symbol(String name) {
    return BinanceRules.isPair(name)
        ? Optional.of(new Symbol(name.substring(0, name.length() - USDT.length()), USDT))
        : Optional.empty();
  }

  private static List<AccountEvent> order(Fields told, Optional<BigDecimal> average) {
    return symbol(told.text("s")).stream()
        .<AccountEvent>map(symbol -> changed(told, symbol, average))
        .toList();
  }

  private static OrderChanged changed(Fields told, Symbol symbol, Optional<BigDecimal> average) {
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
    return new OrderChanged(
        order, told.text("x").equals("TRADE") ? fill(told, order) : Optional.empty());
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

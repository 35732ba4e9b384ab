package io.tollgate.trading.exchange.internal.binance;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.ConditionalOrder;
import io.tollgate.trading.exchange.ConditionalOrder.Status;
import io.tollgate.trading.exchange.ConditionalOrders;
import io.tollgate.trading.exchange.ConditionalRequest;
import io.tollgate.trading.exchange.Done;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.ClockSkew;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.internal.calls.ExchangeCaller;
import io.tollgate.trading.exchange.internal.calls.Signer;
import io.tollgate.trading.exchange.internal.signing.Query;
import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.UnreadableAnswer;
import java.time.Duration;
import java.util.List;

/** Binance's conditional orders, which have been calls of their own since the end of 2025. */
final class BinanceConditionals implements ConditionalOrders {
  private static final String PATH = "/fapi/v1/algoOrder";

  private final BinanceCalls calls;
  private final Signer signer;
  private final Duration window;

  BinanceConditionals(BinanceCalls calls, Signer signer, Duration window) {
    this.calls = calls;
    this.signer = signer;
    this.window = window;
  }

  @Override
  public Outcome<ConditionalOrder> place(ConditionalRequest order) {
    Outcome<Fields> sent = send(order);
    Outcome<Fields> outcome =
        sent instanceof ClockSkew<Fields> ? calls.correctClock().then(_ -> send(order)) : sent;
    return ExchangeCaller.reading(outcome, fields -> read(fields, order.symbol()));
  }

  private Outcome<Fields> send(ConditionalRequest order) {
    Query query =
        new Query()
            .with("algoType", "CONDITIONAL")
            .with("symbol", order.symbol().joinedBy(""))
            .with("side", order.side().name())
            .with(
                "type",
                switch (order.kind()) {
                  case STOP -> "STOP_MARKET";
                  case TARGET -> "TAKE_PROFIT_MARKET";
                })
            .with("quantity", order.quantity())
            .with("triggerPrice", order.trigger())
            .with("workingType", "MARK_PRICE")
            .with("clientAlgoId", order.id().text());
    if (order.position() == PositionSide.NONE) {
      query.with("reduceOnly", "true");
    } else {
      query.with("positionSide", order.position().name());
    }
    return calls.order(signer, PATH, query, calls.clock().now().plus(window));
  }

  @Override
  public Outcome<ConditionalOrder> find(Symbol symbol, ClientOrderId id) {
    return ExchangeCaller.reading(
        calls.signed(
            signer,
            "GET",
            calls.site().origin(),
            PATH,
            () -> new Query().with("clientAlgoId", id.text()),
            1),
        fields -> read(fields, symbol));
  }

  @Override
  public Outcome<Done> cancel(Symbol symbol, ClientOrderId id) {
    return calls
        .cancel(signer, PATH, () -> new Query().with("clientAlgoId", id.text()))
        .map(_ -> Done.DONE);
  }

  @Override
  public Outcome<List<ConditionalOrder>> waiting(Symbol symbol) {
    return ExchangeCaller.reading(
        calls.signed(
            signer,
            "GET",
            calls.site().origin(),
            "/fapi/v1/openAlgoOrders",
            () -> new Query().with("symbol", symbol.joinedBy("")),
            1),
        fields -> fields.items().stream().map(row -> read(row, symbol)).toList());
  }

  private static ConditionalOrder read(Fields row, Symbol symbol) {
    return new ConditionalOrder(
        row.find("clientAlgoId").filter(ClientOrderId::isOurs).map(ClientOrderId::new),
        row.text("algoId"),
        symbol,
        BinanceReading.side(row.text("side")),
        row.number("quantity"),
        row.number("triggerPrice"),
        switch (row.text("algoStatus")) {
          case "NEW" -> Status.WAITING;
          case "TRIGGERING", "TRIGGERED", "FINISHED" -> Status.TRIGGERED;
          case "CANCELED" -> Status.CANCELLED;
          case "REJECTED", "EXPIRED" -> Status.FAILED;
          default -> throw new UnreadableAnswer("algoStatus " + row.text("algoStatus"));
        });
  }
}

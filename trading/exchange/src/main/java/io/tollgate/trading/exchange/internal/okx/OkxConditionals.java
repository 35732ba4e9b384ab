package io.tollgate.trading.exchange.internal.okx;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.ConditionalOrder;
import io.tollgate.trading.exchange.ConditionalOrder.Status;
import io.tollgate.trading.exchange.ConditionalOrders;
import io.tollgate.trading.exchange.ConditionalRequest;
import io.tollgate.trading.exchange.Done;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.internal.calls.AcceptedOrder;
import io.tollgate.trading.exchange.internal.calls.ExchangeCaller;
import io.tollgate.trading.exchange.internal.calls.Signer;
import io.tollgate.trading.exchange.internal.signing.Query;
import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.JsonBody;
import io.tollgate.trading.exchange.internal.wire.UnreadableAnswer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * OKX's orders of type {@code conditional}.
 *
 * @see <a href="https://www.okx.com/docs-v5/en/#order-book-trading-algo-trading">Algo trading</a>
 */
final class OkxConditionals implements ConditionalOrders {
  private static final String PATH = "/api/v5/trade/order-algo";
  private static final String TYPE = "conditional";
  private static final int OFTEN = 20;

  /** As price: at the market. */
  private static final String MARKET = "-1";

  private final OkxCalls calls;
  private final OkxMarketData market;
  private final OkxOrders orders;
  private final Signer signer;

  OkxConditionals(OkxCalls calls, OkxMarketData market, OkxOrders orders, Signer signer) {
    this.calls = calls;
    this.market = market;
    this.orders = orders;
    this.signer = signer;
  }

  @Override
  public Outcome<ConditionalOrder> place(ConditionalRequest order) {
    return AcceptedOrder.before(market.instrument(order.symbol()))
        .then(
            instrument ->
                AcceptedOrder.contracts(order.quantity(), instrument)
                    .then(
                        contracts ->
                            ExchangeCaller.reading(
                                calls.set(signer, PATH, body(order, instrument, contracts), OFTEN),
                                fields ->
                                    new ConditionalOrder(
                                        Optional.of(order.id()),
                                        OkxCalls.first(fields).text("algoId"),
                                        order.symbol(),
                                        order.side(),
                                        order.quantity(),
                                        order.trigger(),
                                        Status.WAITING))));
  }

  private String body(ConditionalRequest order, Instrument instrument, BigDecimal contracts) {
    String kind =
        switch (order.kind()) {
          case STOP -> "sl";
          case TARGET -> "tp";
        };
    JsonBody body =
        new JsonBody()
            .with("instId", instrument.exchangeSymbol())
            .with("tdMode", OkxOrders.mode(orders.margin()))
            .with("algoClOrdId", order.id().text())
            .with("side", order.side().name().toLowerCase(Locale.ROOT))
            .with("ordType", TYPE)
            .with("sz", contracts)
            .with(kind + "TriggerPx", order.trigger())
            .with(kind + "TriggerPxType", "mark")
            .with(kind + "OrdPx", MARKET)
            .with("reduceOnly", true);
    if (order.position() != PositionSide.NONE) {
      body.with("posSide", order.position().name().toLowerCase(Locale.ROOT));
    }
    return body.toString();
  }

  @Override
  public Outcome<ConditionalOrder> find(Symbol symbol, ClientOrderId id) {
    return market
        .instrument(symbol)
        .then(
            instrument ->
                ExchangeCaller.reading(
                    calls.get(signer, PATH, new Query().with("algoClOrdId", id.text()), OFTEN),
                    fields -> read(OkxCalls.first(fields), instrument)));
  }

  /** By OKX's own id, which is asked for: not every account may cancel by ours. */
  @Override
  public Outcome<Done> cancel(Symbol symbol, ClientOrderId id) {
    return find(symbol, id)
        .then(
            order ->
                calls.set(
                    signer,
                    "/api/v5/trade/cancel-algos",
                    "["
                        + new JsonBody()
                            .with("instId", calls.site().name(symbol))
                            .with("algoId", order.exchangeId())
                        + "]",
                    OFTEN))
        .map(_ -> Done.DONE);
  }

  @Override
  public Outcome<List<ConditionalOrder>> waiting(Symbol symbol) {
    return market
        .instrument(symbol)
        .then(
            instrument ->
                ExchangeCaller.reading(
                    calls.get(
                        signer,
                        "/api/v5/trade/orders-algo-pending",
                        new Query()
                            .with("ordType", TYPE)
                            .with("instType", calls.site().instrumentType())
                            .with("instId", instrument.exchangeSymbol())
                            .with("limit", 100),
                        OFTEN),
                    fields ->
                        fields.in("data").items().stream()
                            .map(row -> read(row, instrument))
                            .toList()));
  }

  private static ConditionalOrder read(Fields row, Instrument instrument) {
    return new ConditionalOrder(
        row.find("algoClOrdId").filter(ClientOrderId::isOurs).map(ClientOrderId::new),
        row.text("algoId"),
        instrument.symbol(),
        OkxReading.side(row.text("side")),
        instrument.ofContracts(row.findNumber("sz").orElse(BigDecimal.ZERO)),
        row.findNumber("slTriggerPx").orElseGet(() -> row.number("tpTriggerPx")),
        switch (row.text("state")) {
          case "live", "pause" -> Status.WAITING;
          case "effective", "partially_effective" -> Status.TRIGGERED;
          case "canceled" -> Status.CANCELLED;
          case "order_failed", "partially_failed" -> Status.FAILED;
          default -> throw new UnreadableAnswer("state " + row.text("state"));
        });
  }
}

package io.tollgate.trading.exchange.internal.gate;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.ConditionalOrder;
import io.tollgate.trading.exchange.ConditionalOrder.Status;
import io.tollgate.trading.exchange.ConditionalOrders;
import io.tollgate.trading.exchange.ConditionalRequest;
import io.tollgate.trading.exchange.Done;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Outcome.NotFound;
import io.tollgate.trading.exchange.Side;
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
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Gate's price-triggered orders. They go by Gate's own id only: by ours they are found in its
 * lists.
 *
 * @see <a href="https://www.gate.com/docs/developers/apiv4/en/#create-a-price-triggered-order">
 *     Price-triggered orders</a>
 */
final class GateConditionals implements ConditionalOrders {
  private static final int PAGE = 100;
  private static final int MARK_PRICE = 1;
  private static final int AT_OR_ABOVE = 1;
  private static final int AT_OR_BELOW = 2;

  private final GateCalls calls;
  private final GateMarketData market;
  private final Signer signer;

  GateConditionals(GateCalls calls, GateMarketData market, Signer signer) {
    this.calls = calls;
    this.market = market;
    this.signer = signer;
  }

  private String path() {
    return calls.site().path("price_orders");
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
                                calls.post(signer, path(), body(order, instrument, contracts)),
                                fields ->
                                    new ConditionalOrder(
                                        Optional.of(order.id()),
                                        fields.text("id"),
                                        order.symbol(),
                                        order.side(),
                                        order.quantity(),
                                        order.trigger(),
                                        Status.WAITING))));
  }

  private static String body(
      ConditionalRequest order, Instrument instrument, BigDecimal contracts) {
    JsonBody initial =
        new JsonBody()
            .with("contract", instrument.exchangeSymbol())
            .withNumber("size", order.side() == Side.BUY ? contracts : contracts.negate())
            .with("price", "0")
            .with("tif", "ioc")
            .with("reduce_only", true)
            .with("text", GateReading.text(order.id()));
    JsonBody trigger =
        new JsonBody()
            .withNumber("strategy_type", BigDecimal.ZERO)
            .withNumber("price_type", BigDecimal.valueOf(MARK_PRICE))
            .with("price", order.trigger())
            .withNumber("rule", BigDecimal.valueOf(order.waitsAbove() ? AT_OR_ABOVE : AT_OR_BELOW));
    return new JsonBody().with("initial", initial).with("trigger", trigger).toString();
  }

  @Override
  public Outcome<ConditionalOrder> find(Symbol symbol, ClientOrderId id) {
    return list(symbol, "open")
        .then(
            open ->
                list(symbol, "finished")
                    .then(
                        finished ->
                            Stream.concat(open.stream(), finished.stream())
                                .filter(order -> order.is(id))
                                .findFirst()
                                .<Outcome<ConditionalOrder>>map(Accepted::new)
                                .orElseGet(() -> new NotFound<>("no such order waits or ended"))));
  }

  @Override
  public Outcome<Done> cancel(Symbol symbol, ClientOrderId id) {
    return waiting(symbol)
        .then(
            open ->
                open.stream()
                    .filter(order -> order.is(id))
                    .findFirst()
                    .map(
                        order ->
                            calls.cancel(
                                signer,
                                calls.site().path("price_orders/{id}"),
                                calls.site().path("price_orders/" + order.exchangeId()),
                                new Query()))
                    .orElseGet(() -> new NotFound<>("no such order waits")))
        .map(_ -> Done.DONE);
  }

  @Override
  public Outcome<List<ConditionalOrder>> waiting(Symbol symbol) {
    return list(symbol, "open");
  }

  private Outcome<List<ConditionalOrder>> list(Symbol symbol, String status) {
    Query query =
        new Query()
            .with("status", status)
            .with("contract", calls.site().name(symbol))
            .with("limit", PAGE);
    return market
        .instrument(symbol)
        .then(
            instrument ->
                ExchangeCaller.reading(
                    calls.get(signer, path(), query),
                    fields -> fields.items().stream().map(row -> read(row, instrument)).toList()));
  }

  private static ConditionalOrder read(Fields row, Instrument instrument) {
    Fields initial = row.in("initial");
    BigDecimal size = initial.number("size");
    return new ConditionalOrder(
        GateReading.ownId(initial),
        row.text("id"),
        instrument.symbol(),
        size.signum() < 0 ? Side.SELL : Side.BUY,
        instrument.ofContracts(size.abs()),
        row.in("trigger").number("price"),
        switch (row.text("status")) {
          case "open", "inactive" -> Status.WAITING;
          case "cancelled" -> Status.CANCELLED;
          case "invalid" -> Status.FAILED;
          case "finished" ->
              switch (row.find("finish_as").orElse("")) {
                case "succeeded" -> Status.TRIGGERED;
                case "cancelled" -> Status.CANCELLED;
                default -> Status.FAILED;
              };
          default -> throw new UnreadableAnswer("status " + row.text("status"));
        });
  }
}

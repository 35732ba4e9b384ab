package io.tollgate.trading.exchange.internal.gate;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.Orders;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.NotFound;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.internal.calls.AcceptedOrder;
import io.tollgate.trading.exchange.internal.calls.ExchangeCaller;
import io.tollgate.trading.exchange.internal.calls.NewestFirst;
import io.tollgate.trading.exchange.internal.calls.OrderTrace;
import io.tollgate.trading.exchange.internal.calls.Signer;
import io.tollgate.trading.exchange.internal.signing.Query;
import io.tollgate.trading.exchange.internal.wire.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Gate's calls that concern orders. Gate knows an order by its own id only while it is open, and
 * some time after: what is finished is looked for in its lists.
 */
final class GateOrders implements Orders, OrderTrace.Places {
  private static final int PAGE = 100;

  /** A finished order is looked for so far back. */
  private static final Duration REMEMBERED = Duration.ofHours(24);

  private final GateCalls calls;
  private final GateMarketData market;
  private final GateOrderBodies bodies;
  private final Signer signer;
  private final Duration window;

  /**
   * A time of signing may be a minute ahead of the server that takes it, and a spot order is signed
   * with one that is a minute old.
   */
  private final OrderTrace trace = new OrderTrace(this, Duration.ofMinutes(3));

  GateOrders(GateCalls calls, GateMarketData market, Signer signer, Duration window) {
    this.calls = calls;
    this.market = market;
    this.bodies = new GateOrderBodies(calls, market);
    this.signer = signer;
    this.window = window;
  }

  @Override
  public Duration window() {
    return window;
  }

  @Override
  public Instant exchangeTime() {
    return calls.clock().now();
  }

  @Override
  public Outcome<Instant> askTime() {
    return calls.correctClock();
  }

  @Override
  public Outcome<OrderState> place(OrderRequest order, Instant voidAfter) {
    return AcceptedOrder.before(market.instrument(order.symbol()))
        .then(
            instrument ->
                AcceptedOrder.before(bodies.of(order, instrument))
                    .then(
                        body ->
                            ExchangeCaller.reading(
                                calls.order(signer, calls.site().path("orders"), body, voidAfter),
                                fields -> reader().apply(fields, instrument))));
  }

  private BiFunction<Fields, Instrument, OrderState> reader() {
    return calls.isSpot() ? GateReading::spotOrder : GateReading::contractOrder;
  }

  @Override
  public Outcome<OrderState> find(Symbol symbol, ClientOrderId id) {
    Outcome<OrderState> open = one(symbol, GateReading.text(id));
    return open instanceof NotFound<OrderState>
        ? list(symbol, "finished", Optional.of(exchangeTime().minus(REMEMBERED)))
            .then(
                finished ->
                    finished.stream()
                        .filter(order -> order.is(id))
                        .findFirst()
                        .<Outcome<OrderState>>map(Outcome.Accepted::new)
                        .orElse(open))
        : open;
  }

  @Override
  public Outcome<OrderState> cancel(Symbol symbol, ClientOrderId id) {
    Query query =
        calls.isSpot() ? new Query().with("currency_pair", calls.site().name(symbol)) : new Query();
    return market
        .instrument(symbol)
        .then(
            instrument ->
                ExchangeCaller.reading(
                    calls.cancel(
                        signer,
                        calls.site().path("orders/{id}"),
                        calls.site().path("orders/" + GateReading.text(id)),
                        query),
                    fields -> reader().apply(fields, instrument)));
  }

  @Override
  public Outcome<List<OrderState>> open(Symbol symbol) {
    return list(symbol, "open", Optional.empty());
  }

  private Outcome<List<OrderState>> list(Symbol symbol, String status, Optional<Instant> since) {
    return market.instrument(symbol).then(instrument -> pages(instrument, status, since));
  }

  private Outcome<List<OrderState>> pages(
      Instrument instrument, String status, Optional<Instant> since) {
    Pages<OrderState> pages =
        new Pages<>(
            "orders",
            since,
            () -> byPair(instrument.symbol()).with("status", status),
            row -> reader().apply(row, instrument));
    return NewestFirst.all(
        pages,
        PAGE,
        order -> since.filter(moment -> order.updatedAt().isBefore(moment)).isPresent());
  }

  @Override
  public Outcome<List<Fill>> fills(Symbol symbol, Optional<String> after, Instant since) {
    return market
        .instrument(symbol)
        .then(
            instrument ->
                NewestFirst.<Fill>all(
                    new Pages<>(
                        "my_trades",
                        Optional.of(since),
                        () -> byPair(symbol),
                        row ->
                            calls.isSpot()
                                ? GateReading.spotFill(row, instrument)
                                : GateReading.contractFill(row, instrument)),
                    PAGE,
                    fill ->
                        fill.at().isBefore(since)
                            || after.filter(known -> isNotNewer(fill, known)).isPresent()))
        .map(List::reversed);
  }

  /** One page after the other, newest first. */
  private final class Pages<T> implements Function<Optional<T>, Outcome<List<T>>> {
    private final String list;
    private final Optional<Instant> since;
    private final Supplier<Query> query;
    private final Function<Fields, T> reader;
    private long page;

    private Pages(
        String list, Optional<Instant> since, Supplier<Query> query, Function<Fields, T> reader) {
      this.list = list;
      this.since = since;
      this.query = query;
      this.reader = reader;
    }

    @Override
    public Outcome<List<T>> apply(Optional<T> last) {
      Query asked = query.get().with("limit", PAGE);
      if (calls.isSpot()) {
        asked.with("page", page + 1);
        since.ifPresent(moment -> asked.with("from", moment.getEpochSecond()));
      } else {
        asked.with("offset", page * PAGE);
      }
      page++;
      return ExchangeCaller.reading(
          calls.get(signer, calls.site().path(list), asked),
          fields -> fields.items().stream().map(reader).toList());
    }
  }

  private static boolean isNotNewer(Fill fill, String known) {
    return Long.parseLong(fill.tradeId()) <= Long.parseLong(known);
  }

  @Override
  public Outcome<Trace> trace(OrderRequest order, Instant since) {
    return trace.look(order, since);
  }

  @Override
  public Outcome<Instant> time() {
    return calls.time();
  }

  @Override
  public Outcome<OrderState> byOwnId(OrderRequest order) {
    return one(order.symbol(), GateReading.text(order.id()));
  }

  @Override
  public Outcome<List<OrderState>> lists(OrderRequest order, Instant since) {
    return open(order.symbol())
        .then(
            open ->
                list(order.symbol(), "finished", Optional.of(since))
                    .map(
                        finished -> {
                          List<OrderState> all = new ArrayList<>(open);
                          all.addAll(finished);
                          return all;
                        }));
  }

  @Override
  public Outcome<List<Fill>> fills(OrderRequest order, Optional<String> after, Instant since) {
    return fills(order.symbol(), after, since);
  }

  @Override
  public Outcome<OrderState> byExchangeId(OrderRequest order, String exchangeOrderId) {
    return one(order.symbol(), exchangeOrderId);
  }

  private Outcome<OrderState> one(Symbol symbol, String id) {
    return market
        .instrument(symbol)
        .then(
            instrument ->
                ExchangeCaller.reading(
                    calls.get(
                        signer,
                        calls.site().path("orders/{id}"),
                        calls.site().path("orders/" + id),
                        calls.isSpot() ? byPair(symbol) : new Query()),
                    fields -> reader().apply(fields, instrument)));
  }

  private Query byPair(Symbol symbol) {
    return new Query().with(calls.site().pair(), calls.site().name(symbol));
  }
}

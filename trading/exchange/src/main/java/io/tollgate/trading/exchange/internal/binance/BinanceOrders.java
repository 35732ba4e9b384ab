package io.tollgate.trading.exchange.internal.binance;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.OrderType;
import io.tollgate.trading.exchange.Orders;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.TimeInForce;
import io.tollgate.trading.exchange.internal.calls.ExchangeCaller;
import io.tollgate.trading.exchange.internal.calls.OrderTrace;
import io.tollgate.trading.exchange.internal.calls.Signer;
import io.tollgate.trading.exchange.internal.signing.Query;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Binance's calls that concern orders. */
final class BinanceOrders implements Orders, OrderTrace.Places {
  private static final int PAGE = 500;

  private final BinanceCalls calls;
  private final Signer signer;
  private final Duration window;
  private final MarketType market;

  /** A time of signing may be a second ahead of the server that takes it. */
  private final OrderTrace trace = new OrderTrace(this, Duration.ofMinutes(1));

  BinanceOrders(BinanceCalls calls, Signer signer, Duration window) {
    this.calls = calls;
    this.signer = signer;
    this.window = window;
    this.market = calls.site().market();
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
    return ExchangeCaller.reading(
        calls.order(signer, calls.site().path("order"), query(order), voidAfter),
        fields -> BinanceReading.order(fields, order.symbol()));
  }

  private Query query(OrderRequest order) {
    Query query =
        bySymbol(order.symbol())
            .with("side", order.side().name())
            .with("type", type(order))
            .with("quantity", order.quantity())
            .with("newClientOrderId", order.id().text())
            .with("newOrderRespType", "RESULT");
    order.price().ifPresent(price -> query.with("price", price));
    if (order.type() == OrderType.LIMIT && !isMakerOnly(order)) {
      query.with("timeInForce", lasts(order.lasts()));
    }
    if (market == MarketType.FUTURE && order.position() != PositionSide.NONE) {
      query.with("positionSide", order.position().name());
    } else if (market == MarketType.FUTURE && order.reduceOnly()) {
      query.with("reduceOnly", "true");
    }
    return query;
  }

  /** Spot has a type of its own for it, without a time in force. */
  private boolean isMakerOnly(OrderRequest order) {
    return market == MarketType.SPOT && order.lasts() == TimeInForce.POST_ONLY;
  }

  private String type(OrderRequest order) {
    return switch (order.type()) {
      case MARKET -> "MARKET";
      case LIMIT -> isMakerOnly(order) ? "LIMIT_MAKER" : "LIMIT";
    };
  }

  private static String lasts(TimeInForce lasts) {
    return switch (lasts) {
      case GTC -> "GTC";
      case IOC -> "IOC";
      case FOK -> "FOK";
      case POST_ONLY -> "GTX";
    };
  }

  @Override
  public Outcome<OrderState> find(Symbol symbol, ClientOrderId id) {
    return one(symbol, () -> bySymbol(symbol).with("origClientOrderId", id.text()));
  }

  @Override
  public Outcome<OrderState> cancel(Symbol symbol, ClientOrderId id) {
    return ExchangeCaller.reading(
        calls.cancel(
            signer,
            calls.site().path("order"),
            () -> bySymbol(symbol).with("origClientOrderId", id.text())),
        fields -> BinanceReading.order(fields, symbol));
  }

  @Override
  public Outcome<List<OrderState>> open(Symbol symbol) {
    return ExchangeCaller.reading(
        calls.signed(
            signer,
            "GET",
            calls.site().origin(),
            calls.site().path("openOrders"),
            () -> bySymbol(symbol),
            6),
        fields -> fields.items().stream().map(row -> BinanceReading.order(row, symbol)).toList());
  }

  @Override
  public Outcome<List<Fill>> fills(Symbol symbol, Optional<String> after, Instant since) {
    return ExchangeCaller.reading(
        calls.signed(
            signer,
            "GET",
            calls.site().origin(),
            calls.site().path(market == MarketType.SPOT ? "myTrades" : "userTrades"),
            () -> page(symbol, after, since),
            market == MarketType.SPOT ? 20 : 5),
        fields -> fields.items().stream().map(row -> BinanceReading.fill(row, symbol)).toList());
  }

  private static Query page(Symbol symbol, Optional<String> after, Instant since) {
    Query query = bySymbol(symbol);
    after.ifPresentOrElse(
        last -> query.with("fromId", Long.parseLong(last) + 1),
        () -> query.with("startTime", since.toEpochMilli()));
    return query.with("limit", PAGE);
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
    return find(order.symbol(), order.id());
  }

  @Override
  public Outcome<List<OrderState>> lists(OrderRequest order, Instant since) {
    return open(order.symbol());
  }

  @Override
  public Outcome<List<Fill>> fills(OrderRequest order, Optional<String> after, Instant since) {
    return fills(order.symbol(), after, since);
  }

  @Override
  public Outcome<OrderState> byExchangeId(OrderRequest order, String exchangeOrderId) {
    return one(order.symbol(), () -> bySymbol(order.symbol()).with("orderId", exchangeOrderId));
  }

  private Outcome<OrderState> one(Symbol symbol, Supplier<Query> query) {
    return ExchangeCaller.reading(
        calls.signed(signer, "GET", calls.site().origin(), calls.site().path("order"), query, 4),
        fields -> BinanceReading.order(fields, symbol));
  }

  private static Query bySymbol(Symbol symbol) {
    return new Query().with("symbol", symbol.joinedBy(""));
  }
}

package io.tollgate.trading.exchange.internal.okx;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.MarginMode;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.OrderType;
import io.tollgate.trading.exchange.Orders;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.internal.calls.AcceptedOrder;
import io.tollgate.trading.exchange.internal.calls.ExchangeCaller;
import io.tollgate.trading.exchange.internal.calls.NewestFirst;
import io.tollgate.trading.exchange.internal.calls.OrderTrace;
import io.tollgate.trading.exchange.internal.calls.Signer;
import io.tollgate.trading.exchange.internal.signing.Query;
import io.tollgate.trading.exchange.internal.wire.JsonBody;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** OKX's calls that concern orders. */
final class OkxOrders implements Orders, OrderTrace.Places {
  private static final int PAGE = 100;
  private static final int OFTEN = 60;

  private final OkxCalls calls;
  private final OkxMarketData market;
  private final Signer signer;
  private final Duration window;

  /** A time of signing may be half a minute ahead of the server that takes it. */
  private final OrderTrace trace = new OrderTrace(this, Duration.ofMinutes(1));

  private volatile MarginMode margin = MarginMode.ISOLATED;

  OkxOrders(OkxCalls calls, OkxMarketData market, Signer signer, Duration window) {
    this.calls = calls;
    this.market = market;
    this.signer = signer;
    this.window = window;
  }

  /** OKX is told with each order. */
  void margin(MarginMode mode) {
    margin = mode;
  }

  MarginMode margin() {
    return margin;
  }

  /** As OKX writes it. */
  static String mode(MarginMode margin) {
    return margin.name().toLowerCase(Locale.ROOT);
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
                AcceptedOrder.contracts(order, instrument)
                    .then(
                        contracts ->
                            ExchangeCaller.reading(
                                calls.order(signer, body(order, instrument, contracts), voidAfter),
                                fields -> OkxCalls.first(fields).text("ordId"))))
        .map(
            id ->
                AcceptedOrder.shown(
                    order, id, exchangeTime(), () -> find(order.symbol(), order.id())));
  }

  private String body(OrderRequest order, Instrument instrument, BigDecimal contracts) {
    boolean spot = calls.site().market() == MarketType.SPOT;
    JsonBody body =
        new JsonBody()
            .with("instId", instrument.exchangeSymbol())
            .with("tdMode", spot ? "cash" : mode(margin))
            .with("clOrdId", order.id().text())
            .with("side", order.side().name().toLowerCase(Locale.ROOT))
            .with("ordType", type(order))
            .with("sz", contracts);
    order.price().ifPresent(price -> body.with("px", price));
    if (spot && order.type() == OrderType.MARKET) {
      body.with("tgtCcy", "base_ccy");
    }
    if (!spot && order.position() != PositionSide.NONE) {
      body.with("posSide", order.position().name().toLowerCase(Locale.ROOT));
    } else if (!spot && order.reduceOnly()) {
      body.with("reduceOnly", true);
    }
    return body.toString();
  }

  private static String type(OrderRequest order) {
    return switch (order.type()) {
      case MARKET -> "market";
      case LIMIT ->
          switch (order.lasts()) {
            case GTC -> "limit";
            case IOC -> "ioc";
            case FOK -> "fok";
            case POST_ONLY -> "post_only";
          };
    };
  }

  @Override
  public Outcome<OrderState> find(Symbol symbol, ClientOrderId id) {
    return one(symbol, new Query().with("clOrdId", id.text()));
  }

  @Override
  public Outcome<OrderState> cancel(Symbol symbol, ClientOrderId id) {
    String body =
        new JsonBody()
            .with("instId", calls.site().name(symbol))
            .with("clOrdId", id.text())
            .toString();
    // the answer says that it is being cancelled, not how much of it was filled by then
    return calls.cancel(signer, body).then(_ -> find(symbol, id));
  }

  @Override
  public Outcome<List<OrderState>> open(Symbol symbol) {
    return list("/api/v5/trade/orders-pending", symbol, Optional.empty());
  }

  private Outcome<List<OrderState>> list(String path, Symbol symbol, Optional<Instant> since) {
    return market
        .instrument(symbol)
        .then(
            instrument ->
                NewestFirst.all(
                    last -> {
                      Query query = bySymbol(symbol);
                      since.ifPresent(moment -> query.with("begin", moment.toEpochMilli()));
                      last.ifPresent(order -> query.with("after", order.exchangeOrderId()));
                      return ExchangeCaller.reading(
                          calls.get(signer, path, query.with("limit", PAGE), 40),
                          fields ->
                              fields.in("data").items().stream()
                                  .map(row -> OkxReading.order(row, instrument))
                                  .toList());
                    },
                    PAGE,
                    _ -> false));
  }

  @Override
  public Outcome<List<Fill>> fills(Symbol symbol, Optional<String> after, Instant since) {
    return market
        .instrument(symbol)
        .then(
            instrument ->
                NewestFirst.<Fill>all(
                    last -> page(symbol, instrument, last, since),
                    PAGE,
                    fill -> after.filter(known -> isNotNewer(fill, known)).isPresent()))
        .map(List::reversed);
  }

  private Outcome<List<Fill>> page(
      Symbol symbol, Instrument instrument, Optional<Fill> last, Instant since) {
    Query query = bySymbol(symbol).with("begin", since.toEpochMilli());
    last.ifPresent(fill -> query.with("after", fill.tradeId()));
    return ExchangeCaller.reading(
        calls.get(signer, "/api/v5/trade/fills", query.with("limit", PAGE), OFTEN),
        fields ->
            fields.in("data").items().stream()
                .map(row -> OkxReading.fill(row, instrument))
                .toList());
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
    return find(order.symbol(), order.id());
  }

  @Override
  public Outcome<List<OrderState>> lists(OrderRequest order, Instant since) {
    return open(order.symbol())
        .then(
            pending ->
                list("/api/v5/trade/orders-history", order.symbol(), Optional.of(since))
                    .map(
                        finished -> {
                          List<OrderState> all = new ArrayList<>(pending);
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
    return one(order.symbol(), new Query().with("ordId", exchangeOrderId));
  }

  private Outcome<OrderState> one(Symbol symbol, Query query) {
    return market
        .instrument(symbol)
        .then(
            instrument ->
                ExchangeCaller.reading(
                    calls.get(
                        signer,
                        "/api/v5/trade/order",
                        query.with("instId", instrument.exchangeSymbol()),
                        OFTEN),
                    fields -> OkxReading.order(OkxCalls.first(fields), instrument)));
  }

  private Query bySymbol(Symbol symbol) {
    return new Query()
        .with("instType", calls.site().instrumentType())
        .with("instId", calls.site().name(symbol));
  }
}

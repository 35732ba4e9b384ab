package io.tollgate.trading.exchange.internal.okx;

import io.tollgate.trading.exchange.AccountCosts;
import io.tollgate.trading.exchange.AccountEvent;
import io.tollgate.trading.exchange.Balance;
import io.tollgate.trading.exchange.ConditionalOrders;
import io.tollgate.trading.exchange.Done;
import io.tollgate.trading.exchange.EventStream;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.ExchangeTimes;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.KeyRights;
import io.tollgate.trading.exchange.KeyRights.Right;
import io.tollgate.trading.exchange.MarginMode;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Orders;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Outcome.NoChange;
import io.tollgate.trading.exchange.Outcome.Rejected;
import io.tollgate.trading.exchange.Position;
import io.tollgate.trading.exchange.PositionSide;
import io.tollgate.trading.exchange.Rejection;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.TradingAccount;
import io.tollgate.trading.exchange.internal.calls.ExchangeCaller;
import io.tollgate.trading.exchange.internal.calls.NoConditionalOrders;
import io.tollgate.trading.exchange.internal.calls.Signer;
import io.tollgate.trading.exchange.internal.signing.Query;
import io.tollgate.trading.exchange.internal.stream.EventSocket;
import io.tollgate.trading.exchange.internal.wire.Fields;
import io.tollgate.trading.exchange.internal.wire.JsonBody;
import io.vertx.core.http.WebSocketClient;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** An account at OKX; spot and contracts have one balance there. */
final class OkxAccount implements TradingAccount {
  private final OkxCalls calls;
  private final OkxMarketData market;
  private final Signer signer;
  private final WebSocketClient sockets;
  private final Duration ping;
  private final OkxOrders orders;

  OkxAccount(
      OkxCalls calls,
      OkxMarketData market,
      WebSocketClient sockets,
      Signer signer,
      ExchangeTimes times) {
    this.calls = calls;
    this.market = market;
    this.signer = signer;
    this.sockets = sockets;
    this.ping = times.streamPing();
    this.orders = new OkxOrders(calls, market, signer, times.window());
  }

  @Override
  public Exchange exchange() {
    return Exchange.OKX;
  }

  @Override
  public MarketType market() {
    return calls.site().market();
  }

  @Override
  public Orders orders() {
    return orders;
  }

  @Override
  public ConditionalOrders conditionals() {
    return switch (market()) {
      case SPOT -> new NoConditionalOrders();
      case FUTURE -> new OkxConditionals(calls, market, orders, signer);
    };
  }

  @Override
  public AccountCosts costs() {
    return new OkxCosts(calls, market, orders, signer);
  }

  @Override
  public Outcome<List<Balance>> balances() {
    return ExchangeCaller.reading(
        calls.get(signer, "/api/v5/account/balance", new Query(), 10),
        fields ->
            OkxCalls.first(fields).in("details").items().stream()
                .map(OkxAccount::balance)
                .toList());
  }

  private static Balance balance(Fields row) {
    return new Balance(
        row.text("ccy"),
        row.number("cashBal"),
        row.findNumber("availBal").orElse(BigDecimal.ZERO),
        row.findNumber("upl").orElse(BigDecimal.ZERO));
  }

  @Override
  public Outcome<List<Position>> positions() {
    if (market() == MarketType.SPOT) {
      return new Accepted<>(List.of());
    }
    Query query = new Query().with("instType", calls.site().instrumentType());
    return calls.get(signer, "/api/v5/account/positions", query, 10).then(this::positions);
  }

  /** Those in what is traded here: an account may have others. */
  private Outcome<List<Position>> positions(Fields answer) {
    Outcome<List<Position>> all = new Accepted<>(List.of());
    for (Fields row : answer.in("data").items()) {
      all = all.then(before -> with(before, row));
    }
    return all;
  }

  private Outcome<List<Position>> with(List<Position> before, Fields row) {
    Outcome<Instrument> rules = market.named(row.text("instId"));
    if (rules instanceof Rejected<Instrument> || row.number("pos").signum() == 0) {
      return new Accepted<>(before);
    }
    return rules.map(
        instrument -> {
          List<Position> more = new ArrayList<>(before);
          more.add(position(row, instrument.symbol(), instrument.ofContracts(row.number("pos"))));
          return more;
        });
  }

  private static Position position(Fields row, Symbol symbol, BigDecimal quantity) {
    return new Position(
        symbol,
        switch (row.text("posSide")) {
          case "long" -> PositionSide.LONG;
          case "short" -> PositionSide.SHORT;
          default -> quantity.signum() > 0 ? PositionSide.LONG : PositionSide.SHORT;
        },
        quantity.abs(),
        row.number("avgPx"),
        row.number("markPx"),
        row.number("upl"),
        row.findNumber("lever").map(BigDecimal::intValue),
        row.findNumber("liqPx"));
  }

  @Override
  public Outcome<KeyRights> keyRights() {
    return ExchangeCaller.reading(
        calls.get(signer, "/api/v5/account/config", new Query(), 5),
        fields -> {
          List<String> rights = List.of(OkxCalls.first(fields).text("perm").split(","));
          return new KeyRights(
              rights.contains("trade") ? Right.YES : Right.NO,
              rights.contains("withdraw") ? Right.YES : Right.NO);
        });
  }

  @Override
  public Outcome<Done> setLeverage(Symbol symbol, int leverage) {
    JsonBody body =
        new JsonBody()
            .with("instId", calls.site().name(symbol))
            .with("lever", Integer.toString(leverage))
            .with("mgnMode", OkxOrders.mode(orders.margin()));
    return set("/api/v5/account/set-leverage", body);
  }

  /** OKX is told the mode with each order. */
  @Override
  public Outcome<Done> setMarginMode(Symbol symbol, MarginMode mode) {
    if (market() == MarketType.SPOT) {
      return new Rejected<>(Rejection.REJECTED, "spot has no such setting");
    }
    if (orders.margin() == mode) {
      return new NoChange<>("already " + mode);
    }
    orders.margin(mode);
    return new Accepted<>(Done.DONE);
  }

  @Override
  public Outcome<Done> setHedgeMode(boolean hedge) {
    return set(
        "/api/v5/account/set-position-mode",
        new JsonBody().with("posMode", hedge ? "long_short_mode" : "net_mode"));
  }

  private Outcome<Done> set(String path, JsonBody body) {
    return market() == MarketType.SPOT
        ? new Rejected<>(Rejection.REJECTED, "spot has no such setting")
        : calls.set(signer, path, body.toString(), 5).map(_ -> Done.DONE);
  }

  @Override
  public EventStream events(Consumer<AccountEvent> listener) {
    return new EventSocket(
        sockets, new OkxStream(calls, market, signer, ping), listener, signer.name());
  }

  @Override
  public void close() {
    signer.key().close();
  }
}

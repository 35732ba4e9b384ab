package io.tollgate.trading.exchange.internal.binance;

import io.tollgate.trading.exchange.AccountCosts;
import io.tollgate.trading.exchange.AccountEvent;
import io.tollgate.trading.exchange.Balance;
import io.tollgate.trading.exchange.ConditionalOrders;
import io.tollgate.trading.exchange.Done;
import io.tollgate.trading.exchange.EventStream;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.ExchangeTimes;
import io.tollgate.trading.exchange.KeyRights;
import io.tollgate.trading.exchange.KeyRights.Right;
import io.tollgate.trading.exchange.MarginMode;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.Orders;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
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
import io.vertx.core.http.WebSocketClient;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An account at Binance. */
final class BinanceAccount implements TradingAccount {
  private static final String USDT = "USDT";

  private final BinanceCalls calls;
  private final WebSocketClient sockets;
  private final Signer signer;
  private final Duration renewal;
  private final BinanceOrders orders;

  BinanceAccount(BinanceCalls calls, WebSocketClient sockets, Signer signer, ExchangeTimes times) {
    this.calls = calls;
    this.sockets = sockets;
    this.signer = signer;
    this.renewal = times.streamRenewal();
    this.orders = new BinanceOrders(calls, signer, times.window());
  }

  @Override
  public Exchange exchange() {
    return Exchange.BINANCE;
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
      case FUTURE -> new BinanceConditionals(calls, signer, orders.window());
    };
  }

  @Override
  public AccountCosts costs() {
    return new BinanceCosts(calls, signer);
  }

  @Override
  public Outcome<List<Balance>> balances() {
    return switch (market()) {
      case SPOT ->
          ExchangeCaller.reading(
              get("/api/v3/account", () -> new Query().with("omitZeroBalances", "true"), 20),
              fields ->
                  fields.in("balances").items().stream()
                      .map(BinanceAccount::spotBalance)
                      .filter(balance -> balance.total().signum() != 0)
                      .toList());
      case FUTURE ->
          ExchangeCaller.reading(
              get("/fapi/v3/account", Query::new, 5),
              fields ->
                  fields.in("assets").items().stream()
                      .map(BinanceAccount::futuresBalance)
                      .filter(
                          balance ->
                              balance.currency().equals(USDT) || balance.total().signum() != 0)
                      .toList());
    };
  }

  private static Balance spotBalance(Fields row) {
    BigDecimal free = row.number("free");
    return new Balance(row.text("asset"), free.add(row.number("locked")), free, BigDecimal.ZERO);
  }

  private static Balance futuresBalance(Fields row) {
    return new Balance(
        row.text("asset"),
        row.number("walletBalance"),
        row.number("availableBalance"),
        row.number("unrealizedProfit"));
  }

  @Override
  public Outcome<List<Position>> positions() {
    return switch (market()) {
      case SPOT -> new Accepted<>(List.of());
      case FUTURE ->
          ExchangeCaller.reading(
              get("/fapi/v3/positionRisk", Query::new, 5),
              fields ->
                  fields.items().stream()
                      .filter(row -> BinanceRules.isPair(row.text("symbol")))
                      .filter(row -> row.number("positionAmt").signum() != 0)
                      .map(BinanceAccount::position)
                      .toList());
    };
  }

  private static Position position(Fields row) {
    String name = row.text("symbol");
    BigDecimal amount = row.number("positionAmt");
    return new Position(
        new Symbol(name.substring(0, name.length() - USDT.length()), USDT),
        switch (row.text("positionSide")) {
          case "LONG" -> PositionSide.LONG;
          case "SHORT" -> PositionSide.SHORT;
          default -> amount.signum() > 0 ? PositionSide.LONG : PositionSide.SHORT;
        },
        amount.abs(),
        row.number("entryPrice"),
        row.number("markPrice"),
        row.number("unRealizedProfit"),
        row.findNumber("leverage").map(BigDecimal::intValue),
        row.findNumber("liquidationPrice").filter(price -> price.signum() > 0));
  }

  @Override
  public Outcome<KeyRights> keyRights() {
    return ExchangeCaller.reading(
        calls.signed(
            signer,
            "GET",
            calls.site().accountOrigin(),
            "/sapi/v1/account/apiRestrictions",
            Query::new,
            1),
        fields ->
            new KeyRights(
                right(
                    fields,
                    market() == MarketType.SPOT ? "enableSpotAndMarginTrading" : "enableFutures"),
                right(fields, "enableWithdrawals")));
  }

  private static Right right(Fields fields, String name) {
    return fields
        .find(name)
        .map(value -> value.equals("true") ? Right.YES : Right.NO)
        .orElse(Right.UNTOLD);
  }

  @Override
  public Outcome<Done> setLeverage(Symbol symbol, int leverage) {
    return set(
        "/fapi/v1/leverage",
        () -> new Query().with("symbol", symbol.joinedBy("")).with("leverage", leverage));
  }

  @Override
  public Outcome<Done> setMarginMode(Symbol symbol, MarginMode mode) {
    String type =
        switch (mode) {
          case ISOLATED -> "ISOLATED";
          case CROSS -> "CROSSED";
        };
    return set(
        "/fapi/v1/marginType",
        () -> new Query().with("symbol", symbol.joinedBy("")).with("marginType", type));
  }

  @Override
  public Outcome<Done> setHedgeMode(boolean hedge) {
    return set(
        "/fapi/v1/positionSide/dual",
        () -> new Query().with("dualSidePosition", Boolean.toString(hedge)));
  }

  private Outcome<Done> set(String path, Supplier<Query> query) {
    if (market() == MarketType.SPOT) {
      return new Rejected<>(Rejection.REJECTED, "spot has no such setting");
    }
    return calls.signed(signer, "POST", calls.site().origin(), path, query, 1).map(_ -> Done.DONE);
  }

  private Outcome<Fields> get(String path, Supplier<Query> query, int weight) {
    return calls.signed(signer, "GET", calls.site().origin(), path, query, weight);
  }

  @Override
  public EventStream events(Consumer<AccountEvent> listener) {
    return new EventSocket(
        sockets, new BinanceStream(calls, signer, renewal), listener, signer.name());
  }

  @Override
  public void close() {
    signer.key().close();
  }
}

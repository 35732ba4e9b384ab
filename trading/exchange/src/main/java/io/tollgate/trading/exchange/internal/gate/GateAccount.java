package io.tollgate.trading.exchange.internal.gate;

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
import io.vertx.core.http.WebSocketClient;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** An account at Gate. */
final class GateAccount implements TradingAccount {
  private final GateCalls calls;
  private final GateMarketData market;
  private final Signer signer;
  private final WebSocketClient sockets;
  private final Duration ping;
  private final GateOrders orders;
  private volatile MarginMode margin = MarginMode.ISOLATED;
  private volatile boolean hedges = true;

  GateAccount(
      GateCalls calls,
      GateMarketData market,
      WebSocketClient sockets,
      Signer signer,
      ExchangeTimes times) {
    this.calls = calls;
    this.market = market;
    this.signer = signer;
    this.sockets = sockets;
    this.ping = times.streamPing();
    this.orders = new GateOrders(calls, market, signer, times.window());
  }

  @Override
  public Exchange exchange() {
    return Exchange.GATE;
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
      case FUTURE -> new GateConditionals(calls, market, signer);
    };
  }

  @Override
  public AccountCosts costs() {
    return new GateCosts(calls, signer);
  }

  @Override
  public Outcome<List<Balance>> balances() {
    return ExchangeCaller.reading(
        calls.get(signer, calls.site().path("accounts"), new Query()),
        fields ->
            calls.isSpot()
                ? fields.items().stream().map(GateAccount::spotBalance).toList()
                : List.of(futuresBalance(fields)));
  }

  private static Balance spotBalance(Fields row) {
    BigDecimal available = row.number("available");
    return new Balance(
        row.text("currency"), available.add(row.number("locked")), available, BigDecimal.ZERO);
  }

  private static Balance futuresBalance(Fields row) {
    return new Balance(
        row.text("currency"),
        row.number("total"),
        row.number("available"),
        row.number("unrealised_pnl"));
  }

  @Override
  public Outcome<List<Position>> positions() {
    return calls.isSpot()
        ? new Accepted<>(List.of())
        : calls.get(signer, calls.site().path("positions"), new Query()).then(this::positions);
  }

  /** Those in what is traded here: an account may have others. */
  private Outcome<List<Position>> positions(Fields answer) {
    Outcome<List<Position>> all = new Accepted<>(List.of());
    for (Fields row : answer.items()) {
      all = all.then(before -> with(before, row));
    }
    return all;
  }

  private Outcome<List<Position>> with(List<Position> before, Fields row) {
    Outcome<Instrument> rules = market.named(row.text("contract"));
    if (rules instanceof Rejected<Instrument> || row.number("size").signum() == 0) {
      return new Accepted<>(before);
    }
    return rules.map(
        instrument -> {
          List<Position> more = new ArrayList<>(before);
          more.add(position(row, instrument.symbol(), instrument.ofContracts(row.number("size"))));
          return more;
        });
  }

  private static Position position(Fields row, Symbol symbol, BigDecimal quantity) {
    return new Position(
        symbol,
        quantity.signum() > 0 ? PositionSide.LONG : PositionSide.SHORT,
        quantity.abs(),
        row.number("entry_price"),
        row.number("mark_price"),
        row.number("unrealised_pnl"),
        // 0 is cross
        row.findNumber("leverage").map(BigDecimal::intValue).filter(times -> times > 0),
        row.findNumber("liq_price").filter(price -> price.signum() > 0));
  }

  /** Gate tells nobody what a key may do. */
  @Override
  public Outcome<KeyRights> keyRights() {
    return new Accepted<>(new KeyRights(Right.UNTOLD, Right.UNTOLD));
  }

  @Override
  public Outcome<Done> setLeverage(Symbol symbol, int leverage) {
    String path =
        (hedges ? "dual_comp/positions/" : "positions/") + calls.site().name(symbol) + "/leverage";
    Query query =
        switch (margin) {
          case ISOLATED -> new Query().with("leverage", leverage);
          case CROSS -> new Query().with("leverage", 0).with("cross_leverage_limit", leverage);
        };
    return set(path, query);
  }

  /** Gate is told the mode with the leverage. */
  @Override
  public Outcome<Done> setMarginMode(Symbol symbol, MarginMode mode) {
    if (calls.isSpot()) {
      return new Rejected<>(Rejection.REJECTED, "spot has no such setting");
    }
    if (margin == mode) {
      return new NoChange<>("already " + mode);
    }
    margin = mode;
    return new Accepted<>(Done.DONE);
  }

  @Override
  public Outcome<Done> setHedgeMode(boolean hedge) {
    Outcome<Done> outcome =
        set("dual_mode", new Query().with("dual_mode", Boolean.toString(hedge)));
    if (outcome instanceof Accepted<Done> || outcome instanceof NoChange<Done>) {
      hedges = hedge;
    }
    return outcome;
  }

  private Outcome<Done> set(String path, Query query) {
    return calls.isSpot()
        ? new Rejected<>(Rejection.REJECTED, "spot has no such setting")
        : calls.set(signer, calls.site().path(path), query).map(_ -> Done.DONE);
  }

  @Override
  public EventStream events(Consumer<AccountEvent> listener) {
    return new EventSocket(
        sockets, new GateStream(calls, market, signer, ping), listener, signer.name());
  }

  @Override
  public void close() {
    signer.key().close();
  }
}

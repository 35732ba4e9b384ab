package io.tollgate.trading.exchange.paper;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.exchange.AccountCosts;
import io.tollgate.trading.exchange.AccountEvent;
import io.tollgate.trading.exchange.Balance;
import io.tollgate.trading.exchange.ConditionalOrders;
import io.tollgate.trading.exchange.Done;
import io.tollgate.trading.exchange.EventStream;
import io.tollgate.trading.exchange.Exchange;
import io.tollgate.trading.exchange.KeyRights;
import io.tollgate.trading.exchange.KeyRights.Right;
import io.tollgate.trading.exchange.MarginMode;
import io.tollgate.trading.exchange.MarketData;
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
import io.tollgate.trading.exchange.Ticker;
import io.tollgate.trading.exchange.TradingAccount;
import io.tollgate.trading.exchange.internal.calls.NoConditionalOrders;
import io.tollgate.trading.exchange.internal.calls.PolledEvents;
import io.tollgate.trading.exchange.paper.PaperState.Held;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An account on paper: the same face as one at an exchange, over that exchange's prices and rules.
 * Its state is whoever's who has it, and is told after each change, before it counts.
 */
public final class PaperAccount implements TradingAccount {
  private static final int MOST_LEVERAGE = 125;

  private final MarketType type;
  private final MarketData market;
  private final PaperTerms terms;
  private final PaperOrders orders;

  /**
   * @param market whose prices and rules hold
   * @param keep told of every new state; where it throws, nothing has changed
   */
  public PaperAccount(
      MarketType type,
      MarketData market,
      PaperTerms terms,
      PaperState state,
      Consumer<PaperState> keep,
      InstantSource clock) {
    this.type = requireNonNull(type, "type is null");
    this.market = requireNonNull(market, "market is null");
    this.terms = requireNonNull(terms, "terms is null");
    this.orders = new PaperOrders(type, market, terms, state, keep, clock);
  }

  @Override
  public Exchange exchange() {
    return Exchange.PAPER;
  }

  @Override
  public MarketType market() {
    return type;
  }

  @Override
  public Orders orders() {
    return orders;
  }

  @Override
  public ConditionalOrders conditionals() {
    return new NoConditionalOrders();
  }

  @Override
  public AccountCosts costs() {
    return new PaperCosts(terms);
  }

  /** As it is now. */
  public PaperState state() {
    return orders.state();
  }

  @Override
  public Outcome<List<Balance>> balances() {
    return positions()
        .map(
            open -> {
              PaperState state = state();
              PaperBook book = orders.book(state);
              BigDecimal gains =
                  open.stream().map(Position::unrealized).reduce(BigDecimal.ZERO, BigDecimal::add);
              List<Balance> balances = new ArrayList<>();
              state
                  .coins()
                  .forEach(
                      (coin, total) ->
                          balances.add(
                              new Balance(
                                  coin,
                                  total,
                                  book.available(coin),
                                  coin.equals("USDT") ? gains : BigDecimal.ZERO)));
              return balances;
            });
  }

  @Override
  public Outcome<List<Position>> positions() {
    PaperState state = state();
    PaperBook book = orders.book(state);
    Outcome<List<Position>> all = new Accepted<>(List.of());
    for (Held held : state.positions()) {
      all =
          all.then(
              before ->
                  market
                      .ticker(held.symbol())
                      .map(
                          price -> {
                            List<Position> more = new ArrayList<>(before);
                            more.add(position(held, price, book.leverage(held.symbol())));
                            return more;
                          }));
    }
    return all;
  }

  private static Position position(Held held, Ticker price, int leverage) {
    return new Position(
        held.symbol(),
        held.size().signum() > 0 ? PositionSide.LONG : PositionSide.SHORT,
        held.size().abs(),
        held.entry(),
        price.last(),
        held.size().multiply(price.last().subtract(held.entry())),
        Optional.of(leverage),
        Optional.empty());
  }

  @Override
  public Outcome<KeyRights> keyRights() {
    return new Accepted<>(new KeyRights(Right.YES, Right.NO));
  }

  @Override
  public Outcome<Done> setLeverage(Symbol symbol, int leverage) {
    if (type == MarketType.SPOT || leverage < 1 || leverage > MOST_LEVERAGE) {
      return new Rejected<>(
          Rejection.REJECTED, "leverage: " + leverage + " (expected: 1.." + MOST_LEVERAGE + ")");
    }
    return orders.change(
        state -> {
          Map<String, Integer> leverages = new HashMap<>(state.leverages());
          leverages.put(symbol.toString(), leverage);
          return new PaperState(
              state.coins(),
              state.positions(),
              state.orders(),
              state.fills(),
              leverages,
              state.hedges(),
              state.lastNumber());
        });
  }

  /** On paper, nothing is liquidated: the mode makes no difference. */
  @Override
  public Outcome<Done> setMarginMode(Symbol symbol, MarginMode mode) {
    return type == MarketType.SPOT
        ? new Rejected<>(Rejection.REJECTED, "spot has no such setting")
        : new NoChange<>("paper has none");
  }

  @Override
  public Outcome<Done> setHedgeMode(boolean hedge) {
    if (type == MarketType.SPOT) {
      return new Rejected<>(Rejection.REJECTED, "spot has no such setting");
    }
    PaperState now = state();
    if (now.hedges() == hedge) {
      return new NoChange<>("already so");
    }
    if (!now.positions().isEmpty()) {
      return new Rejected<>(Rejection.REJECTED, "there are positions");
    }
    return orders.change(
        state ->
            new PaperState(
                state.coins(),
                state.positions(),
                state.orders(),
                state.fills(),
                state.leverages(),
                hedge,
                state.lastNumber()));
  }

  @Override
  public EventStream events(Consumer<AccountEvent> listener) {
    return new PolledEvents(listener);
  }

  @Override
  public void close() {
    // there is no key to wipe
  }
}

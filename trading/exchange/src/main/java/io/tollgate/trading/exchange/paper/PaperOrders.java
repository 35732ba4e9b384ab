package io.tollgate.trading.exchange.paper;

import io.tollgate.trading.exchange.ClientOrderId;
import io.tollgate.trading.exchange.Done;
import io.tollgate.trading.exchange.Fill;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.MarketData;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.Orders;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.Outcome.Duplicate;
import io.tollgate.trading.exchange.Outcome.NotFound;
import io.tollgate.trading.exchange.Outcome.Rejected;
import io.tollgate.trading.exchange.Outcome.SurelyNotDone;
import io.tollgate.trading.exchange.Outcome.Unknown;
import io.tollgate.trading.exchange.Rejection;
import io.tollgate.trading.exchange.Symbol;
import io.tollgate.trading.exchange.Ticker;
import io.tollgate.trading.exchange.TimeInForce;
import io.tollgate.trading.exchange.paper.PaperState.Kept;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A paper account's orders. Prices are asked for outside the lock. */
final class PaperOrders implements Orders {
  private static final int PAGE = 500;

  private final MarketType type;
  private final MarketData market;
  private final PaperTerms terms;
  private final Consumer<PaperState> keep;
  private final InstantSource clock;
  private final ReentrantLock changing = new ReentrantLock();
  private volatile PaperState state;

  PaperOrders(
      MarketType type,
      MarketData market,
      PaperTerms terms,
      PaperState state,
      Consumer<PaperState> keep,
      InstantSource clock) {
    this.type = type;
    this.market = market;
    this.terms = terms;
    this.state = state;
    this.keep = keep;
    this.clock = clock;
  }

  PaperState state() {
    return state;
  }

  PaperBook book(PaperState of) {
    return new PaperBook(type, terms, of);
  }

  Outcome<Done> change(UnaryOperator<PaperState> change) {
    changing.lock();
    try {
      keep(change.apply(state));
      return new Accepted<>(Done.DONE);
    } finally {
      changing.unlock();
    }
  }

  private void keep(PaperState next) {
    keep.accept(next);
    state = next;
  }

  @Override
  public Duration window() {
    return Duration.ofSeconds(5);
  }

  @Override
  public Instant exchangeTime() {
    return clock.instant();
  }

  @Override
  public Outcome<Instant> askTime() {
    return new Accepted<>(clock.instant());
  }

  @Override
  public Outcome<OrderState> place(OrderRequest order, Instant voidAfter) {
    Outcome<OrderState> outcome =
        market
            .instrument(order.symbol())
            .then(
                instrument ->
                    market
                        .ticker(order.symbol())
                        .then(price -> place(order, instrument, price, voidAfter)));
    // without a price nothing was booked
    return outcome instanceof Unknown<OrderState>(String said)
        ? new SurelyNotDone<>("no price: " + said)
        : outcome;
  }

  private Outcome<OrderState> place(
      OrderRequest order, Instrument instrument, Ticker price, Instant voidAfter) {
    Optional<Rejection> refusal = instrument.refusal(order, price.last());
    if (refusal.isPresent()) {
      return new Rejected<>(refusal.get(), "by the rules of " + instrument.exchangeSymbol());
    }
    changing.lock();
    try {
      if (clock.instant().isAfter(voidAfter)) {
        return new SurelyNotDone<>("void before it was booked");
      }
      if (found(order.id()).isPresent()) {
        return new Duplicate<>("an order has this id");
      }
      PaperBook book = book(state);
      if (order.reduceOnly() && !book.reduces(order)) {
        return new Rejected<>(Rejection.REDUCE_ONLY, "no such position to reduce");
      }
      if (order.lasts() == TimeInForce.POST_ONLY && PaperBook.crosses(order, price)) {
        return new Rejected<>(Rejection.REJECTED, "it would fill at once");
      }
      if (!book.covers(order, price)) {
        return new Rejected<>(Rejection.INSUFFICIENT_BALANCE, "not enough on paper");
      }
      OrderState placed = book.place(order, price, clock.instant());
      keep(book.state());
      return new Accepted<>(placed);
    } finally {
      changing.unlock();
    }
  }

  private Optional<Kept> found(ClientOrderId id) {
    return state.orders().stream().filter(kept -> kept.request().id().equals(id)).findFirst();
  }

  /** Fills what the price has touched meanwhile. */
  private Outcome<Done> touched(Symbol symbol) {
    boolean rests =
        state.orders().stream()
            .anyMatch(
                kept -> kept.request().symbol().equals(symbol) && !kept.state().status().ended());
    return rests ? market.ticker(symbol).then(this::touch) : new Accepted<>(Done.DONE);
  }

  private Outcome<Done> touch(Ticker price) {
    return change(
        now -> {
          PaperBook book = book(now);
          book.touch(price, clock.instant());
          return book.state();
        });
  }

  @Override
  public Outcome<OrderState> find(Symbol symbol, ClientOrderId id) {
    return touched(symbol)
        .then(
            _ ->
                found(id)
                    .<Outcome<OrderState>>map(kept -> new Accepted<>(kept.state()))
                    .orElseGet(() -> new NotFound<>("no such order")));
  }

  @Override
  public Outcome<Trace> trace(OrderRequest order, Instant since) {
    return new Accepted<>(
        found(order.id())
            .<Trace>map(kept -> new Trace.Found(kept.state()))
            .orElseGet(() -> new Trace.NotSeen(clock.instant())));
  }

  @Override
  public Outcome<OrderState> cancel(Symbol symbol, ClientOrderId id) {
    return touched(symbol).then(_ -> cancel(id));
  }

  private Outcome<OrderState> cancel(ClientOrderId id) {
    changing.lock();
    try {
      for (int i = 0; i < state.orders().size(); i++) {
        Kept kept = state.orders().get(i);
        if (kept.request().id().equals(id) && !kept.state().status().ended()) {
          PaperBook book = book(state);
          book.cancel(i, clock.instant());
          keep(book.state());
          return new Accepted<>(found(id).orElse(kept).state());
        }
      }
      return new NotFound<>("no such open order");
    } finally {
      changing.unlock();
    }
  }

  @Override
  public Outcome<List<OrderState>> open(Symbol symbol) {
    return touched(symbol)
        .map(
            _ ->
                state.orders().stream()
                    .map(Kept::state)
                    .filter(order -> order.symbol().equals(symbol) && !order.status().ended())
                    .toList());
  }

  @Override
  public Outcome<List<Fill>> fills(Symbol symbol, Optional<String> after, Instant since) {
    long last = after.map(Long::parseLong).orElse(0L);
    return touched(symbol)
        .map(
            _ ->
                state.fills().stream()
                    .filter(fill -> fill.symbol().equals(symbol))
                    .filter(fill -> Long.parseLong(fill.tradeId()) > last)
                    .filter(fill -> after.isPresent() || !fill.at().isBefore(since))
                    .limit(PAGE)
                    .toList());
  }
}

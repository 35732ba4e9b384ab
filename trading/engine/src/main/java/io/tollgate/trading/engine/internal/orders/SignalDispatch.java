package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.TRADE_ORDER;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.rewards.PointCards;
import io.tollgate.schema.trading.tables.records.SignalRecord;
import io.tollgate.trading.engine.episode.Episode.Direction;
import io.tollgate.trading.engine.execution.CloseReason;
import io.tollgate.trading.engine.execution.Levels;
import io.tollgate.trading.engine.execution.OrderBooks;
import io.tollgate.trading.engine.execution.OrderTerms;
import io.tollgate.trading.engine.execution.PositionKey;
import io.tollgate.trading.engine.execution.Reservation;
import io.tollgate.trading.engine.execution.SignalStatus;
import io.tollgate.trading.engine.execution.TaskId;
import io.tollgate.trading.engine.guard.GuardVerdict;
import io.tollgate.trading.engine.guard.GuardedSignal;
import io.tollgate.trading.engine.guard.SignalGuards;
import io.tollgate.trading.engine.internal.orders.SignalEvents.Why;
import io.tollgate.trading.engine.risk.RiskOrder;
import io.tollgate.trading.engine.sizing.OrderQuantity;
import io.tollgate.trading.engine.sizing.SkippedTrade;
import io.tollgate.trading.engine.sizing.TradeAmount;
import io.tollgate.trading.exchange.Instrument;
import io.tollgate.trading.exchange.OrderType;
import io.tollgate.trading.exchange.Side;
import io.tollgate.trading.exchange.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a signal into orders: one on each account that follows its strategy, or a reason why not.
 * May be done again after a crash, or by two at once: what is reserved stays as it is. An account
 * whose market does not answer is tried again for as long as the signal is good.
 */
final class SignalDispatch {
  private static final Logger LOG = LoggerFactory.getLogger(SignalDispatch.class);

  /** The code of what could not be told. */
  private static final String UNKNOWN = "RISK_ERROR";

  private final Transactions transactions;
  private final StoredBooks stored;
  private final OrderBooks books;
  private final AccountDoor door;
  private final PointCards cards;
  private final SignalGuards guards;
  private final Runnable reserved;

  /**
   * @param reserved told when there is an order to be placed
   */
  SignalDispatch(
      Transactions transactions,
      StoredBooks stored,
      OrderBooks books,
      AccountDoor door,
      PointCards cards,
      SignalGuards guards,
      Runnable reserved) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.stored = requireNonNull(stored, "stored is null");
    this.books = requireNonNull(books, "books is null");
    this.door = requireNonNull(door, "door is null");
    this.cards = requireNonNull(cards, "cards is null");
    this.guards = requireNonNull(guards, "guards is null");
    this.reserved = requireNonNull(reserved, "reserved is null");
  }

  void dispatch(SignalRecord signal) {
    String id = signal.getSignalId();
    Instant now = stored.now();
    boolean begun =
        signal.getStatus().equals(SignalStatus.PENDING.code())
            && now.isAfter(signal.getExpiresAt());
    if (begun) {
      become(id, SignalStatus.EXPIRED, Optional.empty());
      return;
    }
    become(id, SignalStatus.RISK_CHECKING, Optional.empty());
    List<Target> targets =
        transactions.read(transaction -> StoredTargets.of(transaction, signal.getStrategyId()));
    Set<Long> before =
        transactions.read(
            transaction -> {
              Set<Long> judged = new HashSet<>(ordered(transaction, id));
              judged.addAll(SignalEvents.heldBack(transaction, id));
              return judged;
            });
    MarketQuotes quotes = new MarketQuotes(door, stored::now);
    boolean mayWait = !now.isAfter(signal.getExpiresAt());
    boolean waits = false;
    Optional<Why> first = Optional.empty();
    for (Target target : targets) {
      // what was reserved or held back before is not judged again
      if (!before.contains(target.account())) {
        // paper has no market yet: it would wait for nothing
        switch (onAccount(signal, target, quotes, mayWait && !target.paper())) {
          case Judged.Reserved() -> {}
          case Judged.Held(Why why) -> first = first.or(() -> Optional.of(why));
          case Judged.Later() -> waits = true;
        }
      }
    }
    if (waits) {
      // what others got is placed meanwhile
      reserved.run();
      return;
    }
    Why none = first.orElse(new Why("NO_BINDINGS", "nobody follows the strategy"));
    if (transactions.write(transaction -> concluded(transaction, id, none))) {
      reserved.run();
    }
  }

  /** At once what the books say: a death leaves nothing in between. */
  private boolean concluded(Transaction transaction, String id, Why none) {
    if (ordered(transaction, id).isEmpty()) {
      boolean _ =
          SignalEvents.become(
              transaction, id, SignalStatus.REJECTED, Optional.of(none), stored.now());
      return false;
    }
    for (SignalStatus next : List.of(SignalStatus.PASSED, SignalStatus.DISPATCHED)) {
      boolean _ = SignalEvents.become(transaction, id, next, Optional.empty(), stored.now());
    }
    return true;
  }

  /** The accounts that have an order of a signal. */
  private static Set<Long> ordered(Transaction transaction, String id) {
    return transaction
        .sql()
        .select(TRADE_ORDER.ACCOUNT_ID)
        .from(TRADE_ORDER)
        .where(TRADE_ORDER.SIGNAL_ID.eq(id))
        .fetchSet(TRADE_ORDER.ACCOUNT_ID);
  }

  private void become(String id, SignalStatus next, Optional<Why> why) {
    boolean _ =
        transactions.write(
            transaction -> SignalEvents.become(transaction, id, next, why, stored.now()));
  }

  /** What came of a signal on one account. */
  private sealed interface Judged {
    record Reserved() implements Judged {}

    record Held(Why why) implements Judged {}

    /** It could not be judged, and is again while the signal is good. */
    record Later() implements Judged {}
  }

  /**
   * Judges it on one account.
   *
   * @param mayWait whether it may be judged another time
   */
  private Judged onAccount(
      SignalRecord signal, Target target, MarketQuotes quotes, boolean mayWait) {
    try {
      BookedAccount account = stored.account(target.account());
      Asked asked = asked(signal, target, account, quotes);
      if (mayWait && asked instanceof Asked.Not(Why unknown) && unknown.code().equals(UNKNOWN)) {
        return new Judged.Later();
      }
      Optional<Why> held =
          transactions.write(
              transaction -> {
                Optional<Why> why =
                    switch (asked) {
                      case Asked.Not(Why reason) -> Optional.of(reason);
                      case Asked.For(OrderTerms terms) -> reserve(transaction, target, terms);
                    };
                SignalEvents.note(
                    transaction,
                    signal,
                    why.isEmpty() ? SignalEvents.Kind.DISPATCHED : SignalEvents.Kind.RISK_REJECTED,
                    target,
                    Optional.of(task(signal, target)).filter(_ -> why.isEmpty()),
                    why,
                    stored.now());
                return why;
              });
      return held.<Judged>map(Judged.Held::new).orElseGet(Judged.Reserved::new);
    } catch (RuntimeException e) {
      // one account that fails does not stop the others
      LOG.warn("signal {} on account {}", signal.getSignalId(), target.account(), e);
      return mayWait
          ? new Judged.Later()
          : new Judged.Held(new Why(UNKNOWN, "the account could not be looked at"));
    }
  }

  private Optional<Why> reserve(Transaction transaction, Target target, OrderTerms terms) {
    if (terms.intent().enters() && !target.paper()) {
      boolean paused =
          cards.isPaused(transaction, target.tenant(), target.user(), target.minPointCard());
      if (paused) {
        return Optional.of(
            new Why("POINT_CARD_LOW", "the point cards are too low, or points are owed"));
      }
    }
    Reservation reservation =
        stored.change(
            transaction,
            target.account(),
            tables ->
                used(tables, target, terms)
                    ? new Reservation.Denied(
                        "BINDING_USED", "the binding is for one position (expected: not used yet)")
                    : books.reserve(tables, terms, stored.now()));
    return switch (reservation) {
      case Reservation.Reserved _, Reservation.Known _ -> Optional.empty();
      case Reservation.Denied(String code, String reason) -> Optional.of(new Why(code, reason));
    };
  }

  private static boolean used(StoredTables tables, Target target, OrderTerms terms) {
    return target.once()
        && terms.intent() == RiskOrder.Intent.OPEN
        && tables.order(terms.task()).isEmpty()
        && tables.trades(terms.strategy().orElseThrow());
  }

  /** What is asked of an account. */
  private sealed interface Asked {
    record For(OrderTerms terms) implements Asked {}

    record Not(Why why) implements Asked {}
  }

  private Asked asked(
      SignalRecord signal, Target target, BookedAccount account, MarketQuotes quotes) {
    Symbol symbol = Symbol.of(signal.getSymbol());
    MarketQuotes.Quote quote = quotes.of(account, symbol);
    Optional<BigDecimal> price = quote.price();
    RiskOrder.Intent intent = RiskOrder.Intent.valueOf(signal.getSignalType());
    if (intent.enters()) {
      // a signal is judged when it is dispatched, on each account by that exchange's price
      GuardVerdict verdict =
          guards.judge(guarded(signal), target.minConfidence(), price, stored.now());
      if (verdict instanceof GuardVerdict.Rejected(GuardVerdict.Code code, String reason)) {
        return new Asked.Not(new Why(code.name(), reason));
      }
    }
    if (price.isEmpty() || quote.rules().isEmpty()) {
      return new Asked.Not(new Why(UNKNOWN, "price or rules of " + symbol + " are missing"));
    }
    Instrument rules = quote.rules().get();
    if (!intent.enters()) {
      return new Asked.For(closing(signal, target, account, symbol, price.get()));
    }
    Optional<BigDecimal> stop = Optional.ofNullable(signal.getStopLoss());
    return switch (TradeAmount.of(target.sizing(), signal.getEntryPrice(), stop)) {
      case SkippedTrade skipped -> skipped(skipped);
      case TradeAmount.Notional notional ->
          switch (OrderQuantity.of(notional, price.get(), rules, OrderType.MARKET)) {
            case SkippedTrade skipped -> skipped(skipped);
            case OrderQuantity.Base(BigDecimal quantity) ->
                new Asked.For(
                    terms(signal, target, account, symbol, intent, quantity, price.get()));
          };
    };
  }

  private static Asked skipped(SkippedTrade skipped) {
    return new Asked.Not(new Why(skipped.reason().name(), skipped.sentence()));
  }

  private static GuardedSignal guarded(SignalRecord signal) {
    return new GuardedSignal(
        Side.valueOf(signal.getSide()),
        signal.getEntryPrice(),
        Optional.ofNullable(signal.getStopLoss()),
        Optional.ofNullable(signal.getTakeProfit()),
        Optional.ofNullable(signal.getConfidence()),
        signal.getBarClosedAt());
  }

  private OrderTerms closing(
      SignalRecord signal, Target target, BookedAccount account, Symbol symbol, BigDecimal price) {
    PositionKey key = key(signal, account, symbol, RiskOrder.Intent.CLOSE);
    BigDecimal held =
        stored.change(
            account.id(),
            tables ->
                tables
                    .open(key)
                    .map(position -> position.episode().quantity())
                    // nothing held: the reservation says so
                    .orElse(BigDecimal.ONE));
    return terms(signal, target, account, symbol, RiskOrder.Intent.CLOSE, held, price);
  }

  private static OrderTerms terms(
      SignalRecord signal,
      Target target,
      BookedAccount account,
      Symbol symbol,
      RiskOrder.Intent intent,
      BigDecimal quantity,
      BigDecimal price) {
    return new OrderTerms(
        TaskId.ofSignal(signal.getSignalId(), target.account(), intent),
        key(signal, account, symbol, intent),
        intent,
        RiskOrder.Origin.STRATEGY,
        Optional.of(signal.getSignalId()),
        Optional.of(signal.getStrategyCode()),
        intent.enters() ? Optional.empty() : Optional.of(CloseReason.SIGNAL),
        OrderType.MARKET,
        quantity,
        Optional.empty(),
        price,
        intent.enters()
            ? new Levels(
                Optional.ofNullable(signal.getStopLoss()),
                Optional.ofNullable(signal.getTakeProfit()))
            : Levels.NONE,
        signal.getExpiresAt());
  }

  private static TaskId task(SignalRecord signal, Target target) {
    return TaskId.ofSignal(
        signal.getSignalId(), target.account(), RiskOrder.Intent.valueOf(signal.getSignalType()));
  }

  private static PositionKey key(
      SignalRecord signal, BookedAccount account, Symbol symbol, RiskOrder.Intent intent) {
    boolean buys = Side.valueOf(signal.getSide()) == Side.BUY;
    return new PositionKey(
        account.id(),
        account.market(),
        symbol,
        intent.enters() == buys ? Direction.LONG : Direction.SHORT);
  }
}

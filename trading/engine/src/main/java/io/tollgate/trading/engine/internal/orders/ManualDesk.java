package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.POSITION;
import static io.tollgate.schema.trading.Tables.STRATEGY;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.rewards.PointCards;
import io.tollgate.trading.engine.ManualTrading;
import io.tollgate.trading.engine.execution.CloseReason;
import io.tollgate.trading.engine.execution.Closes;
import io.tollgate.trading.engine.execution.HeldPosition;
import io.tollgate.trading.engine.execution.Levels;
import io.tollgate.trading.engine.execution.OrderBooks;
import io.tollgate.trading.engine.execution.OrderTerms;
import io.tollgate.trading.engine.execution.PositionKey;
import io.tollgate.trading.engine.execution.Reservation;
import io.tollgate.trading.engine.execution.TaskId;
import io.tollgate.trading.engine.execution.TradedOrder;
import io.tollgate.trading.engine.internal.orders.SignalEvents.Why;
import io.tollgate.trading.engine.risk.RiskOrder;
import io.tollgate.trading.exchange.OrderType;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;

/** Orders of people: reserved here, placed by whoever trades, and waited for. */
public final class ManualDesk implements ManualTrading {
  private static final Duration SEND_WITHIN = Duration.ofSeconds(15);

  private final Transactions transactions;
  private final StoredBooks stored;
  private final OrderBooks books;
  private final PointCards cards;
  private final MarketRules markets;
  private final OrderAwait await;

  /**
   * @param await how an order's end is waited for
   */
  public ManualDesk(
      Transactions transactions,
      StoredBooks stored,
      OrderBooks books,
      PointCards cards,
      MarketRules markets,
      OrderAwait await) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.stored = requireNonNull(stored, "stored is null");
    this.books = requireNonNull(books, "books is null");
    this.cards = requireNonNull(cards, "cards is null");
    this.markets = requireNonNull(markets, "markets is null");
    this.await = requireNonNull(await, "await is null");
  }

  /** One account, and what follows a strategy there; no target: it is meant by itself. */
  private record Meant(long account, Optional<Target> target) {}

  @Override
  public Placed place(ManualOrder order) {
    List<Meant> meant = new ArrayList<>();
    Optional<String> strategy = Optional.empty();
    switch (order.where()) {
      case Where.OfAccount(long account) -> meant.add(new Meant(there(account), Optional.empty()));
      case Where.OfStrategy(String code) -> {
        Optional<Long> id = transactions.read(transaction -> strategy(transaction, code));
        if (id.isEmpty()) {
          return new Placed.NoStrategy();
        }
        strategy = Optional.of(code);
        transactions
            .read(transaction -> StoredTargets.of(transaction, id.get()))
            .forEach(target -> meant.add(new Meant(target.account(), Optional.of(target))));
      }
    }
    if (meant.isEmpty()) {
      return new Placed.NoBindings();
    }
    Map<Long, Optional<Why>> reserved = new HashMap<>();
    for (Meant each : meant) {
      reserved.put(each.account(), reserve(order, strategy, each));
    }
    List<OnAccount> results = new ArrayList<>(meant.size());
    long until = await.until();
    for (Meant each : meant) {
      Optional<Why> why = reserved.getOrDefault(each.account(), Optional.empty());
      results.add(
          why.isPresent()
              ? skipped(each.account(), why.get())
              : await.result(task(order, each.account()), until));
    }
    return new Placed.Tried(results);
  }

  private long there(long account) {
    boolean usable =
        transactions.read(
            transaction ->
                BookedAccount.find(transaction, account)
                    .orElseThrow(
                        () ->
                            new Refusal(
                                ErrorCode.NOT_FOUND, "there is no exchange account " + account))
                    .usable());
    if (!usable) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "exchange account " + account + " is off or not bound (expected: one that is on)");
    }
    return account;
  }

  private static Optional<Long> strategy(Transaction transaction, String code) {
    return transaction
        .sql()
        .select(STRATEGY.ID)
        .from(STRATEGY)
        .where(STRATEGY.CODE.eq(code).and(STRATEGY.DELETED_AT.isNull()))
        .fetchOptional(STRATEGY.ID);
  }

  private static TaskId task(ManualOrder order, long account) {
    return new TaskId("MO-" + order.key() + "-" + account);
  }

  /** Empty: it is reserved. */
  private Optional<Why> reserve(ManualOrder order, Optional<String> strategy, Meant meant) {
    BookedAccount account = stored.account(meant.account());
    ManualSize size = ManualSize.of(order, meant.target(), markets.of(account, order.symbol()));
    return switch (size) {
      case ManualSize.Not(Why why) -> Optional.of(why);
      case ManualSize.Of(BigDecimal quantity, BigDecimal price) ->
          reserve(terms(order, strategy, account, quantity, price), meant);
    };
  }

  private Optional<Why> reserve(OrderTerms terms, Meant meant) {
    Reservation reservation =
        transactions.write(
            transaction -> {
              Optional<Target> paused =
                  meant
                      .target()
                      .filter(_ -> terms.intent().enters())
                      .filter(target -> !target.paper())
                      .filter(
                          target ->
                              cards.isPaused(
                                  transaction,
                                  target.tenant(),
                                  target.user(),
                                  target.minPointCard()));
              return paused.isPresent()
                  ? new Reservation.Denied(
                      "POINT_CARD_LOW", "the point cards are too low, or points are owed")
                  : stored.change(
                      transaction,
                      meant.account(),
                      tables -> books.reserve(tables, terms, stored.now()));
            });
    return switch (reservation) {
      case Reservation.Reserved _ -> Optional.empty();
      case Reservation.Known(TradedOrder known) -> {
        requireSame(terms, known.terms());
        yield Optional.empty();
      }
      case Reservation.Denied(String code, String reason) -> Optional.of(new Why(code, reason));
    };
  }

  private static void requireSame(OrderTerms wanted, OrderTerms known) {
    if (!wanted.position().equals(known.position()) || wanted.intent() != known.intent()) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "the key names an order of "
              + known.position()
              + " (expected: the same order again, or another key)");
    }
  }

  private OrderTerms terms(
      ManualOrder order,
      Optional<String> strategy,
      BookedAccount account,
      BigDecimal quantity,
      BigDecimal price) {
    boolean enters = order.intent().enters();
    return new OrderTerms(
        task(order, account.id()),
        new PositionKey(account.id(), account.market(), order.symbol(), order.direction()),
        order.intent(),
        RiskOrder.Origin.MANUAL,
        Optional.empty(),
        strategy,
        enters ? Optional.empty() : Optional.of(CloseReason.MANUAL),
        OrderType.MARKET,
        quantity,
        Optional.empty(),
        price,
        enters ? order.levels() : Levels.NONE,
        stored.now().plus(SEND_WITHIN));
  }

  private OnAccount skipped(long account, Why why) {
    return new OnAccount(
        account,
        stored.account(account).user().value(),
        false,
        true,
        Optional.empty(),
        Optional.empty(),
        BigDecimal.ZERO,
        Optional.empty(),
        Optional.of(why.code()),
        Optional.of(why.sentence()));
  }

  @Override
  public OnAccount close(ManualClose close) {
    HeldPosition position = transactions.read(transaction -> meant(transaction, close));
    long account = position.key().account();
    Optional<TaskId> under = position.closing().filter(TaskId::isByHand);
    if (under.isPresent()) {
      return await.result(under.get(), await.until());
    }
    TaskId task = TaskId.ofHand(position.id(), position.closesEnded());
    BookedAccount booked = stored.account(account);
    Optional<BigDecimal> wanted =
        close.quantity().map(quantity -> markets.inSteps(booked, close.symbol(), quantity));
    if (wanted.filter(quantity -> quantity.signum() == 0).isPresent()) {
      return skipped(account, new Why("MIN_NOTIONAL", "quantity: less than one step of it"));
    }
    OrderTerms all =
        Closes.of(
            position,
            task,
            RiskOrder.Origin.MANUAL,
            CloseReason.MANUAL,
            markets.priceOf(booked, position),
            stored.now().plus(SEND_WITHIN));
    Reservation reservation =
        stored.change(
            account,
            tables -> books.reserve(tables, wanted.map(all::of).orElse(all), stored.now()));
    return switch (reservation) {
      case Reservation.Reserved _, Reservation.Known _ -> await.result(task, await.until());
      case Reservation.Denied(String code, String reason) ->
          skipped(account, new Why(code, reason));
    };
  }

  private static HeldPosition meant(Transaction transaction, ManualClose close) {
    Condition which = POSITION.STATUS.eq("OPEN").and(POSITION.SYMBOL.eq(close.symbol().toString()));
    if (close.tenant().isPresent()) {
      which = which.and(POSITION.TENANT_ID.eq(close.tenant().get().value()));
    }
    if (close.account().isPresent()) {
      which = which.and(POSITION.ACCOUNT_ID.eq(close.account().getAsLong()));
    }
    if (close.direction().isPresent()) {
      which = which.and(POSITION.POSITION_SIDE.eq(close.direction().get().name()));
    }
    List<HeldPosition> found =
        transaction.sql().selectFrom(POSITION).where(which).limit(2).fetch(PositionRows::read);
    if (found.isEmpty()) {
      throw new Refusal(
          ErrorCode.NOT_FOUND, "there is no open position of " + close.symbol() + " that is meant");
    }
    if (found.size() > 1) {
      throw GivenText.refused(
          close.account().isPresent() ? "position_side" : "account_id",
          "",
          "one that leaves a single open position of " + close.symbol());
    }
    return found.getFirst();
  }
}

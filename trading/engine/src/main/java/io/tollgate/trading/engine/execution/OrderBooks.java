package io.tollgate.trading.engine.execution;

import static java.util.Objects.requireNonNull;

import io.tollgate.trading.engine.execution.Reservation.Denied;
import io.tollgate.trading.engine.execution.Reservation.Known;
import io.tollgate.trading.engine.execution.Reservation.Reserved;
import io.tollgate.trading.engine.risk.RiskFacts;
import io.tollgate.trading.engine.risk.RiskOrder;
import io.tollgate.trading.engine.risk.RiskVerdict;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.placing.PlacementResult;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What happens to an account's orders and positions. Each call is one transaction of {@link
 * BookTables}, and may be done again after a crash: what it says then is what it said, or it
 * changes nothing. Holds nothing itself, and is safe for use by many threads.
 */
public final class OrderBooks {
  private final Duration lease;
  private final Duration sendWithin;

  /**
   * @param lease how long somebody may work on an order before he is taken for dead; longer than it
   *     takes to prove an order absent, or one takes it over from the other and nobody ever does
   * @param sendWithin how long a close that a level asks for may take to be sent
   */
  public OrderBooks(Duration lease, Duration sendWithin) {
    this.lease = requireNonNull(lease, "lease is null");
    this.sendWithin = requireNonNull(sendWithin, "sendWithin is null");
  }

  /** Reserves an order, where rules and positions allow it. Of a known task nothing changes. */
  public Reservation reserve(BookTables tables, OrderTerms wanted, Instant now) {
    Optional<TradedOrder> known = tables.order(wanted.task());
    if (known.isPresent()) {
      return new Known(known.get());
    }
    Optional<HeldPosition> open = tables.open(wanted.position());
    Optional<Denied> denied = stands(tables, wanted, open).or(() -> judged(tables, wanted, now));
    if (denied.isPresent()) {
      return denied.get();
    }
    OrderTerms terms = wanted;
    if (!wanted.intent().enters()) {
      HeldPosition position = open.orElseThrow();
      BigDecimal held = position.episode().quantity();
      terms = wanted.quantity().compareTo(held) > 0 ? wanted.of(held) : wanted;
      tables.save(position.closingBy(terms.task()));
    }
    TradedOrder order = new TradedOrder(terms, OrderLife.reserved(terms.quantity()), now);
    tables.add(order);
    return new Reserved(order);
  }

  /** Somebody sets to work on an order; empty while another does, or when nothing is to do. */
  public Optional<TradedOrder> claim(BookTables tables, TaskId task, String holder, Instant now) {
    TradedOrder order = require(tables, task);
    Optional<TradedOrder> claimed = order.life().claimed(holder, now, lease).map(order::with);
    claimed.ifPresent(tables::save);
    return claimed;
  }

  /**
   * An order is about to be sent; when this is committed it may be.
   *
   * @throws StaleClaim when it must not be
   */
  public void sending(BookTables tables, TaskId task, long epoch, Sent sent) {
    TradedOrder order = require(tables, task);
    tables.save(order.with(order.life().sending(epoch, sent)));
  }

  /** What came of placing an order. */
  public TradedOrder placed(BookTables tables, TaskId task, long epoch, PlacementResult result) {
    TradedOrder order = require(tables, task);
    return kept(tables, order, order.life().placed(epoch, result));
  }

  /** The exchange shows an order so. */
  public TradedOrder seen(BookTables tables, TaskId task, OrderState state) {
    TradedOrder order = require(tables, task);
    return kept(tables, order, order.life().seen(state));
  }

  /** The exchange had an order once and does not show it any more. */
  public TradedOrder gone(BookTables tables, TaskId task) {
    TradedOrder order = require(tables, task);
    return kept(tables, order, order.life().gone());
  }

  /** Whoever claimed an order is done with it for now. */
  public TradedOrder released(BookTables tables, TaskId task, long epoch) {
    TradedOrder order = require(tables, task);
    return kept(tables, order, order.life().released(epoch));
  }

  /** Books a trade of an order, once. */
  public TradedOrder filled(BookTables tables, TaskId task, PricedFill priced) {
    TradedOrder order = require(tables, task);
    var fill = priced.fill();
    if (tables.hasFill(fill.symbol(), fill.tradeId())) {
      return order;
    }
    boolean late = order.life().status().ended() && order.life().settled();
    OrderTerms terms = order.terms();
    FillBooking booking =
        FillBooking.of(terms, tables.open(terms.position()), priced, tables::newPositionId);
    TradedOrder after = order.with(order.life().booked(fill.quantity()));
    tables.addFill(after, priced, booking, late);
    booking.position().ifPresent(tables::save);
    if (booking.unexplained().signum() > 0) {
      tables.unexplained(
          fill.symbol(),
          "trade "
              + fill.tradeId()
              + " reduced "
              + fill.quantity().toPlainString()
              + " (expected: "
              + booking.unexplained().toPlainString()
              + " less, as nothing more was held)");
    }
    return kept(tables, order, after.life());
  }

  /** Whether a price asks for a position to be closed. One close at a time is under way. */
  public Optional<OrderTerms> watched(HeldPosition position, BigDecimal price, Instant now) {
    if (position.closed().isPresent() || position.closing().isPresent()) {
      return Optional.empty();
    }
    return position
        .levels()
        .reached(position.key().direction(), price)
        .map(level -> Closes.byLevel(position, level, price, now.plus(sendWithin)));
  }

  private static TradedOrder kept(BookTables tables, TradedOrder order, OrderLife life) {
    TradedOrder next = order.with(life);
    tables.save(next);
    if (life.settled() && !order.terms().intent().enters()) {
      tables
          .open(order.terms().position())
          .map(position -> position.closeEnded(order.terms().task()))
          .ifPresent(tables::save);
    }
    return next;
  }

  /** What positions say to an order. */
  private static Optional<Denied> stands(
      BookTables tables, OrderTerms wanted, Optional<HeldPosition> open) {
    if (!wanted.intent().enters()) {
      return open.map(OrderBooks::closable)
          .orElseGet(
              () ->
                  Optional.of(
                      new Denied(
                          "POSITION_NOT_FOUND",
                          wanted.position() + " (expected: a position that is open)")));
    }
    Optional<String> heldBack = tables.heldBack(wanted.position().symbol());
    if (heldBack.isPresent()) {
      return heldBack.map(why -> new Denied("POSITION_MISMATCH", why));
    }
    boolean again =
        wanted.intent() == RiskOrder.Intent.OPEN && tables.standing().holds(wanted.position());
    return again
        ? Optional.of(
            new Denied("POSITION_EXISTS", wanted.position() + " (expected: nothing held of it)"))
        : Optional.empty();
  }

  private static Optional<Denied> closable(HeldPosition position) {
    return position
        .closing()
        .map(
            task ->
                new Denied(
                    "CLOSE_IN_FLIGHT",
                    position.id() + " is being closed by " + task + " (expected: by nobody)"));
  }

  private static Optional<Denied> judged(BookTables tables, OrderTerms wanted, Instant now) {
    RiskOrder order =
        new RiskOrder(
            wanted.position().symbol().toString(),
            wanted.intent(),
            wanted.origin(),
            Optional.of(wanted.notional()));
    RiskFacts facts = tables.standing().facts(RiskFacts.at(now), wanted.position().symbol());
    return switch (tables.rules().judge(order, facts)) {
      case RiskVerdict.Passed() -> Optional.empty();
      case RiskVerdict.Rejected rejected ->
          Optional.of(new Denied(rejected.code(), rejected.reason()));
    };
  }

  private static TradedOrder require(BookTables tables, TaskId task) {
    return tables
        .order(task)
        .orElseThrow(() -> new IllegalArgumentException(task + " (expected: a known task)"));
  }
}

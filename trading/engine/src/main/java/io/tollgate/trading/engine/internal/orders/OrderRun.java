package io.tollgate.trading.engine.internal.orders;

import io.tollgate.trading.engine.execution.BookedStatus;
import io.tollgate.trading.engine.execution.OrderBooks;
import io.tollgate.trading.engine.execution.OrderLife;
import io.tollgate.trading.engine.execution.OrderTerms;
import io.tollgate.trading.engine.execution.OrderWork;
import io.tollgate.trading.engine.execution.Sent;
import io.tollgate.trading.engine.execution.TaskId;
import io.tollgate.trading.engine.execution.TradedOrder;
import io.tollgate.trading.exchange.MarketType;
import io.tollgate.trading.exchange.OrderRequest;
import io.tollgate.trading.exchange.OrderState;
import io.tollgate.trading.exchange.Orders.Trace;
import io.tollgate.trading.exchange.Outcome;
import io.tollgate.trading.exchange.Outcome.Accepted;
import io.tollgate.trading.exchange.TradingAccount;
import io.tollgate.trading.exchange.placing.Intent;
import io.tollgate.trading.exchange.placing.OrderPlacement;
import io.tollgate.trading.exchange.placing.Pace;
import io.tollgate.trading.exchange.placing.PlacementResult;
import io.tollgate.trading.exchange.placing.PlacementRules;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One process's work on one order under one claim: has it placed, looks how it stands, books its
 * fills. Everything that it finds out is a transaction of its own, so that it may end anywhere.
 */
final class OrderRun {
  private static final Duration SEND_WITHIN = Duration.ofSeconds(15);

  /** Longer than from the first sending to the end of the last one's window, and two looks. */
  private static final Duration KNOW_WITHIN = Duration.ofSeconds(40);

  private static final int SENDS = 3;

  /** An order that was there once and is shown nowhere for so long is there no more. */
  private static final Duration GONE_AFTER = Duration.ofMinutes(1);

  private final StoredBooks stored;
  private final OrderBooks books;
  private final BookedAccount account;
  private final TradingAccount trading;
  private final FillReading fills;
  private final OrderTerms terms;
  private final long epoch;
  private TradedOrder order;

  OrderRun(
      StoredBooks stored,
      OrderBooks books,
      BookedAccount account,
      TradingAccount trading,
      FillReading fills,
      TradedOrder claimed) {
    this.stored = stored;
    this.books = books;
    this.account = account;
    this.trading = trading;
    this.fills = fills;
    this.terms = claimed.terms();
    this.epoch = claimed.life().claim().epoch();
    this.order = claimed;
  }

  /**
   * Does what is to be done now; the claim is given back in the end.
   *
   * @throws io.tollgate.trading.engine.execution.StaleClaim when another works on it meanwhile
   */
  void run() {
    switch (order.life().work()) {
      case OrderWork.Place _ -> place(Optional.empty());
      case OrderWork.Resume(Sent sent) -> place(Optional.of(sent));
      case OrderWork.Follow _, OrderWork.Collect _, OrderWork.Nothing _ -> {}
    }
    follow();
    order = stored.change(account.id(), tables -> books.released(tables, task(), epoch));
  }

  private void place(Optional<Sent> before) {
    Optional<Boolean> hedged = hedged();
    if (hedged.isEmpty()) {
      return;
    }
    OrderRequest request = terms.request(hedged.get());
    OrderPlacement placement =
        new OrderPlacement(trading.orders(), this::sending, rules(), Pace.system());
    PlacementResult result =
        before
            .map(sent -> placement.resume(new Intent(request, sent.first(), sent.voidAfter())))
            .orElseGet(() -> placement.place(request));
    if (Thread.currentThread().isInterrupted()) {
      // this process ends: what it could not find out is no finding
      return;
    }
    order = stored.change(account.id(), tables -> books.placed(tables, task(), epoch, result));
  }

  private void sending(Intent intent) {
    Sent sent = new Sent(intent.firstSentAt(), intent.voidAfter());
    boolean _ =
        stored.change(
            account.id(),
            tables -> {
              books.sending(tables, task(), epoch, sent);
              return true;
            });
  }

  private PlacementRules rules() {
    Duration left = Duration.between(stored.now(), terms.sendBefore());
    Duration send = left.compareTo(SEND_WITHIN) < 0 ? left : SEND_WITHIN;
    return new PlacementRules(send, KNOW_WITHIN, SENDS);
  }

  /** Empty: it cannot be told now, and nothing is sent. */
  private Optional<Boolean> hedged() {
    if (account.market() == MarketType.SPOT) {
      return Optional.of(false);
    }
    return account.hedged().or(this::askedForHedging);
  }

  private Optional<Boolean> askedForHedging() {
    Optional<Boolean> found =
        switch (trading.setHedgeMode(true)) {
          case Accepted<?> _, Outcome.NoChange<?> _ -> Optional.of(true);
          case Outcome.Rejected<?> _ -> Optional.of(false);
          case Outcome.Unknown<?> _,
              Outcome.Duplicate<?> _,
              Outcome.SurelyNotDone<?> _,
              Outcome.RateLimited<?> _,
              Outcome.Banned<?> _,
              Outcome.ClockSkew<?> _,
              Outcome.AuthFailed<?> _,
              Outcome.NotFound<?> _ ->
              Optional.empty();
        };
    found.ifPresent(hedged -> stored.hedged(account.id(), hedged));
    return found;
  }

  private void follow() {
    OrderLife life = order.life();
    Optional<Sent> sent = life.sent();
    if (life.exchangeOrderId().isEmpty() || sent.isEmpty()) {
      return;
    }
    if (!life.status().ended()) {
      look(sent.get());
    }
    if (!order.life().settled()) {
      fills
          .of(order, sent.get(), trading.orders())
          .forEach(
              fill ->
                  order =
                      stored.change(account.id(), tables -> books.filled(tables, task(), fill)));
    }
  }

  private void look(Sent sent) {
    Outcome<OrderState> found =
        trading.orders().find(terms.position().symbol(), task().clientOrderId());
    if (found instanceof Accepted<OrderState>(OrderState state)) {
      seen(state);
      return;
    }
    if (!(found instanceof Outcome.NotFound<OrderState>)) {
      return;
    }
    Outcome<Trace> traced =
        trading.orders().trace(terms.request(account.hedged().orElse(false)), sent.first());
    if (traced instanceof Accepted<Trace>(Trace trace)) {
      switch (trace) {
        case Trace.Found(OrderState state) -> seen(state);
        case Trace.NotSeen(Instant exchangeTime) -> {
          boolean rests = order.life().status() != BookedStatus.SUBMITTED;
          if (rests && exchangeTime.isAfter(sent.voidAfter().plus(GONE_AFTER))) {
            order = stored.change(account.id(), tables -> books.gone(tables, task()));
          }
        }
      }
    }
  }

  private void seen(OrderState state) {
    order = stored.change(account.id(), tables -> books.seen(tables, task(), state));
  }

  private TaskId task() {
    return terms.task();
  }
}

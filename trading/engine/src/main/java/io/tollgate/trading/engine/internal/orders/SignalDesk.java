package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.SIGNAL;
import static io.tollgate.schema.trading.Tables.TRADE_ORDER;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.schema.trading.tables.records.SignalRecord;
import io.tollgate.trading.engine.execution.SignalStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Signals from when they are said until it is known what came of them. Safe for use by many
 * threads, and by several processes at once: an order of a signal on an account is one task.
 */
final class SignalDesk {
  private static final int AT_ONCE = 100;

  private final Transactions transactions;
  private final StoredBooks books;
  private final SignalDispatch dispatch;

  SignalDesk(Transactions transactions, StoredBooks books, SignalDispatch dispatch) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.books = requireNonNull(books, "books is null");
    this.dispatch = requireNonNull(dispatch, "dispatch is null");
  }

  /** Goes on with all that are under way; whatever was done of them already stays done. */
  void pass() {
    List<SignalRecord> open =
        transactions.read(
            transaction ->
                transaction
                    .sql()
                    .selectFrom(SIGNAL)
                    .where(SIGNAL.STATUS.in(SignalDesk.underWay()))
                    // one that is held waits for a word, and its end comes all the same
                    .and(SIGNAL.HELD_AT.isNull().or(SIGNAL.EXPIRES_AT.lt(books.now())))
                    .orderBy(SIGNAL.CREATED_AT)
                    .limit(AT_ONCE)
                    .fetch());
    for (SignalRecord signal : open) {
      boolean dispatched =
          signal.getStatus().equals(SignalStatus.DISPATCHED.code())
              || signal.getStatus().equals(SignalStatus.EXECUTING.code());
      if (dispatched) {
        boolean _ = transactions.write(transaction -> concluded(transaction, signal));
      } else {
        dispatch.dispatch(signal);
      }
    }
  }

  private static List<String> underWay() {
    return List.of(SignalStatus.values()).stream()
        .filter(status -> !status.ended())
        .map(SignalStatus::code)
        .toList();
  }

  /** Executed when something of it was filled; failed when all is done and nothing was. */
  private boolean concluded(Transaction transaction, SignalRecord signal) {
    Instant now = books.now();
    var orders =
        transaction
            .sql()
            .select(TRADE_ORDER.WORK_OPEN, TRADE_ORDER.FILLED_QUANTITY)
            .from(TRADE_ORDER)
            .where(TRADE_ORDER.SIGNAL_ID.eq(signal.getSignalId()))
            .fetch();
    boolean filled =
        orders.stream().anyMatch(order -> order.value2().compareTo(BigDecimal.ZERO) > 0);
    boolean open = orders.stream().anyMatch(order -> order.value1());
    boolean _ =
        SignalEvents.become(
            transaction, signal.getSignalId(), SignalStatus.EXECUTING, Optional.empty(), now);
    if (filled) {
      return SignalEvents.become(
          transaction, signal.getSignalId(), SignalStatus.EXECUTED, Optional.empty(), now);
    }
    return !open
        && SignalEvents.become(
            transaction,
            signal.getSignalId(),
            SignalStatus.FAILED,
            Optional.of(new SignalEvents.Why("NOT_EXECUTED", "nothing of it was filled")),
            now);
  }
}

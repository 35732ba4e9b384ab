package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.SIGNAL;
import static io.tollgate.schema.trading.Tables.STRATEGY;
import static io.tollgate.schema.trading.Tables.TRADE_ORDER;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.schema.trading.tables.records.SignalRecord;
import io.tollgate.schema.trading.tables.records.StrategyRecord;
import io.tollgate.trading.engine.execution.SignalDraft;
import io.tollgate.trading.engine.execution.SignalStatus;
import java.math.BigDecimal;
import java.time.Duration;
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
  private final TradingIds ids;
  private final Duration maxAge;

  /**
   * @param maxAge how long after its bar's close a signal is good
   */
  SignalDesk(
      Transactions transactions,
      StoredBooks books,
      SignalDispatch dispatch,
      TradingIds ids,
      Duration maxAge) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.books = requireNonNull(books, "books is null");
    this.dispatch = requireNonNull(dispatch, "dispatch is null");
    this.ids = requireNonNull(ids, "ids is null");
    this.maxAge = requireNonNull(maxAge, "maxAge is null");
  }

  /** Takes a signal; the same again is the one that is there. */
  String accept(Transaction transaction, SignalDraft draft) {
    StrategyRecord strategy =
        transaction
            .sql()
            .selectFrom(STRATEGY)
            .where(STRATEGY.ID.eq(draft.strategy()).and(STRATEGY.DELETED_AT.isNull()))
            .fetchOptional()
            .orElseThrow(
                () -> new Refusal(ErrorCode.NOT_FOUND, "there is no strategy " + draft.strategy()));
    Instant now = books.now();
    SignalRecord row = transaction.sql().newRecord(SIGNAL);
    row.setSignalId(ids.next(TradingIds.Kind.SIGNAL));
    row.setStrategyId(draft.strategy());
    row.setStrategyCode(strategy.getCode());
    row.setMarketType(strategy.getMarketType());
    row.setSymbol(draft.symbol().toString());
    row.setSide(draft.side().name());
    row.setSignalType(draft.intent().name());
    row.setEntryPrice(draft.entry().orElse(null));
    row.setStopLoss(draft.levels().stop().orElse(null));
    row.setTakeProfit(draft.levels().target().orElse(null));
    row.setConfidence(draft.confidence().orElse(null));
    row.setReason(draft.reason());
    row.setTimeframe(draft.timeframe().code());
    row.setBarClosedAt(draft.barClosed());
    row.setExpiresAt(draft.barClosed().plus(maxAge));
    row.setStatus(SignalStatus.PENDING.code());
    row.setCreatedAt(now);
    row.setUpdatedAt(now);
    boolean made =
        transaction.sql().insertInto(SIGNAL).set(row).onConflictDoNothing().execute() == 1;
    if (made) {
      SignalEvents.insert(
          transaction,
          row,
          SignalEvents.Kind.CREATED,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          now);
      return row.getSignalId();
    }
    return transaction
        .sql()
        .select(SIGNAL.SIGNAL_ID)
        .from(SIGNAL)
        .where(SIGNAL.STRATEGY_ID.eq(draft.strategy()))
        .and(SIGNAL.SYMBOL.eq(draft.symbol().toString()))
        .and(SIGNAL.BAR_CLOSED_AT.eq(draft.barClosed()))
        .and(SIGNAL.SIDE.eq(draft.side().name()))
        .and(SIGNAL.SIGNAL_TYPE.eq(draft.intent().name()))
        .fetchSingle()
        .value1();
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

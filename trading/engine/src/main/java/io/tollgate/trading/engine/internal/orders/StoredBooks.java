package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.ACCOUNT_BOOK;
import static io.tollgate.schema.trading.Tables.EXCHANGE_ACCOUNT;
import static io.tollgate.schema.trading.Tables.POSITION;
import static io.tollgate.schema.trading.Tables.TRADE_ORDER;
import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.trading.engine.execution.HeldPosition;
import io.tollgate.trading.engine.execution.TaskId;
import io.tollgate.trading.engine.execution.TradedOrder;
import io.tollgate.trading.exchange.Exchange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The books of all accounts. What changes one account's is one transaction that holds them. Safe
 * for use by many threads.
 */
public final class StoredBooks {
  private final Transactions transactions;
  private final TradingIds ids;
  private final InstantSource clock;

  /**
   * @param random unpredictable, and safe for use by many threads
   */
  public StoredBooks(Transactions transactions, RandomGenerator random, InstantSource clock) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.ids = new TradingIds(random);
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** An order that somebody is to work on. */
  record Due(TaskId task, long account) {}

  Instant now() {
    return clock.instant().truncatedTo(MICROS);
  }

  /** A change of one account's books, in a transaction of its own. */
  <T> T change(long account, Function<StoredTables, T> body) {
    return transactions.write(transaction -> change(transaction, account, body));
  }

  /** The same in the caller's transaction, whose last change of the account's books it is. */
  <T> T change(Transaction transaction, long account, Function<StoredTables, T> body) {
    StoredTables tables =
        new StoredTables(transaction, BookedAccount.held(transaction, account), ids, now());
    T result = body.apply(tables);
    tables.end();
    return result;
  }

  /** An account as it is now. */
  BookedAccount account(long account) {
    return transactions.read(transaction -> BookedAccount.shown(transaction, account));
  }

  /** Whether longs and shorts are apart at an account's exchange, as was found out. */
  void hedged(long account, boolean hedged) {
    int _ =
        transactions.write(
            transaction -> {
              var _ = BookedAccount.held(transaction, account);
              return transaction
                  .sql()
                  .update(ACCOUNT_BOOK)
                  .set(ACCOUNT_BOOK.HEDGED, hedged)
                  .where(ACCOUNT_BOOK.ACCOUNT_ID.eq(account))
                  .execute();
            });
  }

  /** Orders that are for the centre, and nobody works on; what has waited longest comes first. */
  List<Due> due(int most) {
    Instant now = now();
    return transactions.read(
        transaction ->
            transaction
                .sql()
                .select(TRADE_ORDER.TASK_ID, TRADE_ORDER.ACCOUNT_ID)
                .from(TRADE_ORDER)
                .join(EXCHANGE_ACCOUNT)
                .on(EXCHANGE_ACCOUNT.ID.eq(TRADE_ORDER.ACCOUNT_ID))
                .where(TRADE_ORDER.WORK_OPEN)
                .and(TRADE_ORDER.NEXT_WORK_AT.le(now))
                .and(TRADE_ORDER.CLAIM_HOLDER.isNull().or(TRADE_ORDER.CLAIM_UNTIL.le(now)))
                .and(EXCHANGE_ACCOUNT.EXECUTION_NODE_ID.isNull())
                .orderBy(TRADE_ORDER.NEXT_WORK_AT)
                .limit(most)
                .fetch(row -> new Due(new TaskId(row.value1()), row.value2())));
  }

  /** An order as it is now. */
  Optional<TradedOrder> order(TaskId task) {
    return transactions.read(
        transaction ->
            transaction
                .sql()
                .selectFrom(TRADE_ORDER)
                .where(TRADE_ORDER.TASK_ID.eq(task.text()))
                .fetchOptional(OrderRows::read));
  }

  /** Positions that are open and have a stop or a target, and that nothing closes now. */
  List<HeldPosition> watched(int most, String afterId) {
    return transactions.read(
        transaction ->
            transaction
                .sql()
                .selectFrom(POSITION)
                .where(POSITION.STATUS.eq("OPEN"))
                .and(POSITION.CLOSING_TASK.isNull())
                .and(POSITION.STOP_LOSS.isNotNull().or(POSITION.TAKE_PROFIT.isNotNull()))
                .and(POSITION.POSITION_ID.gt(afterId))
                .orderBy(POSITION.POSITION_ID)
                .limit(most)
                .fetch(PositionRows::read));
  }

  /**
   * Accounts at exchanges that the centre trades for and that were not looked at for so long; those
   * never looked at come first.
   */
  List<Long> toSync(Duration every, int most) {
    Instant before = now().minus(every);
    return transactions.read(
        transaction ->
            transaction
                .sql()
                .select(EXCHANGE_ACCOUNT.ID)
                .from(EXCHANGE_ACCOUNT)
                .leftJoin(ACCOUNT_BOOK)
                .on(ACCOUNT_BOOK.ACCOUNT_ID.eq(EXCHANGE_ACCOUNT.ID))
                .where(EXCHANGE_ACCOUNT.UNBOUND_AT.isNull())
                .and(EXCHANGE_ACCOUNT.ACTIVE)
                .and(EXCHANGE_ACCOUNT.EXECUTION_NODE_ID.isNull())
                .and(EXCHANGE_ACCOUNT.EXCHANGE.ne(Exchange.PAPER.code()))
                .and(ACCOUNT_BOOK.SYNC_TRIED_AT.isNull().or(ACCOUNT_BOOK.SYNC_TRIED_AT.le(before)))
                .orderBy(ACCOUNT_BOOK.SYNC_TRIED_AT.asc().nullsFirst(), EXCHANGE_ACCOUNT.ID)
                .limit(most)
                .fetch(EXCHANGE_ACCOUNT.ID));
  }

  /**
   * An account was looked at.
   *
   * @param error what was wrong; empty: nothing
   */
  void synced(long account, String error) {
    boolean _ =
        transactions.write(
            transaction -> {
              var _ = BookedAccount.held(transaction, account);
              int _ =
                  transaction
                      .sql()
                      .update(ACCOUNT_BOOK)
                      .set(ACCOUNT_BOOK.SYNC_TRIED_AT, now())
                      .where(ACCOUNT_BOOK.ACCOUNT_ID.eq(account))
                      .execute();
              return transaction
                      .sql()
                      .update(EXCHANGE_ACCOUNT)
                      .set(EXCHANGE_ACCOUNT.LAST_SYNC_ERROR, error.isEmpty() ? null : error)
                      .where(EXCHANGE_ACCOUNT.ID.eq(account))
                      .execute()
                  == 1;
            });
  }
}

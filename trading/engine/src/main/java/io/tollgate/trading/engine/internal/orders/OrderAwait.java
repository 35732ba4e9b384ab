package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.TRADE_ORDER;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transactions;
import io.tollgate.schema.trading.tables.records.TradeOrderRecord;
import io.tollgate.trading.engine.ManualTrading.OnAccount;
import io.tollgate.trading.engine.execution.BookedStatus;
import io.tollgate.trading.engine.execution.TaskId;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Looks at an order until nothing more is done about it, or for so long. */
public final class OrderAwait {
  private static final int LOOK_EVERY_MS = 50;
  private static final int DECIMALS = 8;

  private final Transactions transactions;
  private final Duration longest;
  private final LongSupplier nanos;

  /**
   * @param longest that anybody waits
   * @param nanos monotonic
   */
  public OrderAwait(Transactions transactions, Duration longest, LongSupplier nanos) {
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.longest = requireNonNull(longest, "longest is null");
    this.nanos = requireNonNull(nanos, "nanos is null");
  }

  /** Until when whoever begins to wait now does. */
  long until() {
    return nanos.getAsLong() + longest.toNanos();
  }

  /** What came of an order, as far as it had by then. */
  OnAccount result(TaskId task, long until) {
    TradeOrderRecord row = row(task);
    try {
      while (row.getWorkOpen() && nanos.getAsLong() - until < 0) {
        TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MS);
        row = row(task);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return shown(row);
  }

  private TradeOrderRecord row(TaskId task) {
    return transactions.read(
        transaction ->
            transaction
                .sql()
                .selectFrom(TRADE_ORDER)
                .where(TRADE_ORDER.TASK_ID.eq(task.text()))
                .fetchSingle());
  }

  private static OnAccount shown(TradeOrderRecord row) {
    BookedStatus status = BookedStatus.valueOf(row.getStatus());
    BigDecimal filled = row.getFilledQuantity();
    boolean nothing = status.ended() && filled.signum() == 0;
    return new OnAccount(
        row.getAccountId(),
        row.getUserId(),
        !nothing,
        false,
        Optional.of(row.getOrderId()),
        Optional.ofNullable(row.getExchangeOrderId()),
        filled,
        filled.signum() > 0
            ? Optional.of(row.getFilledValue().divide(filled, DECIMALS, RoundingMode.HALF_EVEN))
            : Optional.empty(),
        Optional.ofNullable(row.getErrorCode()),
        Optional.ofNullable(row.getErrorMessage())
            .or(() -> nothing ? Optional.of("the order is " + status) : Optional.empty()));
  }
}

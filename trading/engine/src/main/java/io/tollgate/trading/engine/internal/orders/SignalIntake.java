package io.tollgate.trading.engine.internal.orders;

import static io.tollgate.schema.trading.Tables.SIGNAL;
import static io.tollgate.schema.trading.Tables.SIGNAL_MONITOR;
import static io.tollgate.schema.trading.Tables.STRATEGY;
import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.schema.trading.tables.records.SignalRecord;
import io.tollgate.schema.trading.tables.records.StrategyRecord;
import io.tollgate.trading.engine.SignalMonitor.Mode;
import io.tollgate.trading.engine.Signals;
import io.tollgate.trading.engine.execution.SignalDraft;
import io.tollgate.trading.engine.execution.SignalStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Signals as they are said, written down; whoever trades finds them there. Safe for use by many
 * threads and processes.
 */
public final class SignalIntake implements Signals {
  private final TradingIds ids;
  private final Duration maxAge;
  private final InstantSource clock;

  /**
   * @param random unpredictable, and safe for use by many threads
   * @param maxAge how long a signal is good: after its bar's close, or, where it closes a position,
   *     after it was said
   */
  public SignalIntake(RandomGenerator random, Duration maxAge, InstantSource clock) {
    this.ids = new TradingIds(random);
    this.maxAge = requireNonNull(maxAge, "maxAge is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public String accept(Transaction transaction, SignalDraft draft) {
    StrategyRecord strategy =
        transaction
            .sql()
            .selectFrom(STRATEGY)
            .where(STRATEGY.ID.eq(draft.strategy()).and(STRATEGY.DELETED_AT.isNull()))
            .fetchOptional()
            .orElseThrow(
                () -> new Refusal(ErrorCode.NOT_FOUND, "there is no strategy " + draft.strategy()));
    Instant now = clock.instant().truncatedTo(MICROS);
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
    row.setExpiresAt(goodFrom(draft, now).plus(maxAge));
    row.setStatus(SignalStatus.PENDING.code());
    row.setHeldAt(held(transaction) ? now : null);
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

  /** Whether nothing is ordered without a word. */
  private static boolean held(Transaction transaction) {
    String mode =
        transaction.sql().select(SIGNAL_MONITOR.MODE).from(SIGNAL_MONITOR).fetchSingle().value1();
    return switch (Mode.of("mode", mode)) {
      case AUTO_EXECUTE -> false;
      case CONFIRM_EACH, NOTIFY_ONLY -> true;
    };
  }

  /** A close that was said late is wanted all the same. */
  private static Instant goodFrom(SignalDraft draft, Instant now) {
    return draft.intent().enters() || draft.barClosed().isAfter(now) ? draft.barClosed() : now;
  }
}

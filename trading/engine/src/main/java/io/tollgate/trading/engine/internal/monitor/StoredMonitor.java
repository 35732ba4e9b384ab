package io.tollgate.trading.engine.internal.monitor;

import static io.tollgate.schema.trading.Tables.POSITION;
import static io.tollgate.schema.trading.Tables.SIGNAL;
import static io.tollgate.schema.trading.Tables.SIGNAL_MONITOR;
import static io.tollgate.schema.trading.Tables.SIGNAL_SCAN;
import static io.tollgate.schema.trading.Tables.SIGNAL_WATCH;
import static io.tollgate.schema.trading.Tables.STRATEGY;
import static io.tollgate.schema.trading.Tables.TRADE_ORDER;
import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Timeframe;
import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.schema.trading.tables.records.SignalMonitorRecord;
import io.tollgate.schema.trading.tables.records.SignalRecord;
import io.tollgate.schema.trading.tables.records.SignalScanRecord;
import io.tollgate.schema.trading.tables.records.SignalWatchRecord;
import io.tollgate.trading.engine.SignalMonitor;
import io.tollgate.trading.engine.execution.Levels;
import io.tollgate.trading.engine.execution.SignalStatus;
import io.tollgate.trading.engine.risk.RiskOrder;
import io.tollgate.trading.exchange.Side;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jooq.impl.DSL;

/** What is set of the monitor, and what the process that looks says of itself, in PostgreSQL. */
public final class StoredMonitor implements SignalMonitor {
  /** A process that did not say for so long that it is there is not. */
  private static final Duration ABSENT_AFTER = Duration.ofSeconds(15);

  /** On which processes that trade are asked to look at stops and targets. */
  public static final String LEVELS_CHANNEL = "trading_levels";

  private static final int MADE_MOST = 100;

  private final InstantSource clock;

  public StoredMonitor(InstantSource clock) {
    this.clock = requireNonNull(clock, "clock is null");
  }

  Instant now() {
    return clock.instant().truncatedTo(MICROS);
  }

  @Override
  public Terms terms(Transaction transaction) {
    return terms(transaction.sql().selectFrom(SIGNAL_MONITOR).fetchSingle());
  }

  @Override
  public Terms change(Transaction transaction, UnaryOperator<Terms> change) {
    SignalMonitorRecord row =
        transaction.sql().selectFrom(SIGNAL_MONITOR).forNoKeyUpdate().fetchSingle();
    Terms before = terms(row);
    Terms after = change.apply(before).checked();
    if (!after.equals(before)) {
      row.setRunning(after.running());
      row.setMode(after.mode().code());
      row.setIntervalSeconds(Math.toIntExact(after.interval().toSeconds()));
      row.setSyncIntervalSeconds(
          after.sync().map(every -> Math.toIntExact(every.toSeconds())).orElse(null));
      row.setNotifyOnSignal(after.notifyOnSignal());
      row.setUpdatedAt(now());
      int _ = row.update();
    }
    return after;
  }

  private static Terms terms(SignalMonitorRecord row) {
    return new Terms(
        row.getRunning(),
        Mode.of("mode", row.getMode()),
        Duration.ofSeconds(row.getIntervalSeconds()),
        Optional.ofNullable(row.getSyncIntervalSeconds()).map(Duration::ofSeconds),
        row.getNotifyOnSignal());
  }

  @Override
  public State state(Transaction transaction) {
    SignalWatchRecord row = transaction.sql().selectFrom(SIGNAL_WATCH).fetchSingle();
    Optional<Instant> beat = Optional.ofNullable(row.getBeatAt());
    return new State(
        beat.filter(at -> at.plus(ABSENT_AFTER).isAfter(now())).isPresent(),
        Optional.ofNullable(row.getLastCheckAt()),
        Optional.ofNullable(row.getLastSignalAt()),
        row.getTotalSignals(),
        row.getTotalChecks(),
        row.getErrors());
  }

  @Override
  public List<Scan> scans(Transaction transaction) {
    return transaction
        .sql()
        .select(SIGNAL_SCAN, STRATEGY.CODE)
        .from(SIGNAL_SCAN)
        .join(STRATEGY)
        .on(STRATEGY.ID.eq(SIGNAL_SCAN.STRATEGY_ID))
        .where(STRATEGY.DELETED_AT.isNull().and(STRATEGY.ACTIVE))
        .orderBy(SIGNAL_SCAN.STRATEGY_ID, SIGNAL_SCAN.SYMBOL)
        .fetch(row -> scan(row.value1(), row.value2()));
  }

  private static Scan scan(SignalScanRecord row, String code) {
    return new Scan(
        row.getStrategyId(),
        code,
        row.getSymbol(),
        Optional.ofNullable(row.getFirstBarAt()),
        Optional.ofNullable(row.getLastBarAt()),
        row.getBars(),
        row.getGaps(),
        row.getRevisions(),
        row.getLate(),
        Optional.ofNullable(row.getCoolingUntil()),
        Optional.ofNullable(row.getLastScanAt()),
        Optional.ofNullable(row.getLastSignalAt()),
        Optional.ofNullable(row.getLastOutcome()),
        row.getErrors(),
        Optional.ofNullable(row.getLastError()),
        Optional.ofNullable(row.getLastErrorAt()));
  }

  @Override
  public List<Made> made(Transaction transaction, int most) {
    if (most < 1 || most > MADE_MOST) {
      throw new IllegalArgumentException("most: " + most + " (expected: 1 to " + MADE_MOST + ")");
    }
    return transaction
        .sql()
        .selectFrom(SIGNAL)
        .orderBy(SIGNAL.CREATED_AT.desc(), SIGNAL.SIGNAL_ID.desc())
        .limit(most)
        .fetch(StoredMonitor::made);
  }

  private static Made made(SignalRecord row) {
    return new Made(
        row.getSignalId(),
        row.getStrategyCode(),
        row.getSymbol(),
        Side.valueOf(row.getSide()),
        RiskOrder.Intent.valueOf(row.getSignalType()),
        Optional.ofNullable(row.getEntryPrice()),
        new Levels(
            Optional.ofNullable(row.getStopLoss()), Optional.ofNullable(row.getTakeProfit())),
        Optional.ofNullable(row.getConfidence()),
        row.getReason(),
        Timeframe.of("timeframe", row.getTimeframe()),
        row.getBarClosedAt(),
        row.getExpiresAt(),
        SignalStatus.valueOf(row.getStatus().toUpperCase(Locale.ROOT)),
        row.getHeldAt() != null,
        row.getCreatedAt());
  }

  @Override
  public void lookAtLevels(Transaction transaction) {
    var _ = transaction.sql().fetch("SELECT pg_notify(?, '')", LEVELS_CHANNEL);
  }

  @Override
  public Watched watched(Transaction transaction) {
    long positions =
        transaction
            .sql()
            .fetchCount(
                POSITION,
                POSITION
                    .STATUS
                    .eq("OPEN")
                    .and(POSITION.STOP_LOSS.isNotNull().or(POSITION.TAKE_PROFIT.isNotNull())));
    var counts =
        transaction
            .sql()
            .select(
                DSL.count(),
                DSL.count().filterWhere(TRADE_ORDER.STATUS.eq("FILLED")),
                DSL.count()
                    .filterWhere(
                        TRADE_ORDER.STATUS.in("REJECTED", "FAILED", "CANCELLED", "EXPIRED")))
            .from(TRADE_ORDER)
            .where(TRADE_ORDER.ORIGIN.eq("WATCHER"))
            .fetchSingle();
    return new Watched(positions, counts.value1(), counts.value2(), counts.value3());
  }

  @Override
  public void release(Transaction transaction, String signal) {
    SignalRecord row =
        transaction
            .sql()
            .selectFrom(SIGNAL)
            .where(SIGNAL.SIGNAL_ID.eq(signal))
            .forNoKeyUpdate()
            .fetchOptional()
            .orElseThrow(
                () ->
                    new Refusal(
                        ErrorCode.NOT_FOUND, "there is no signal " + GivenText.shown(signal)));
    if (terms(transaction).mode() == Mode.NOTIFY_ONLY) {
      throw new Refusal(
          ErrorCode.CONFLICT, "mode: notify_only (expected: confirm_each or auto_execute)");
    }
    boolean waits = row.getHeldAt() != null && row.getStatus().equals("pending");
    if (!waits || now().isAfter(row.getExpiresAt())) {
      throw new Refusal(
          ErrorCode.CONFLICT,
          "signal "
              + signal
              + ": "
              + (waits ? "expired" : "not held, " + row.getStatus())
              + " (expected: held, and not expired)");
    }
    row.setHeldAt(null);
    row.setUpdatedAt(now());
    int _ = row.update();
  }

  /**
   * The process that looks says that it is there.
   *
   * @return whether it was the one that looked last
   */
  boolean beat(Transaction transaction, String holder) {
    SignalWatchRecord row =
        transaction.sql().selectFrom(SIGNAL_WATCH).forNoKeyUpdate().fetchSingle();
    boolean same = holder.equals(row.getHolder());
    row.setHolder(holder);
    row.setBeatAt(now());
    int _ = row.update();
    return same;
  }

  /** A round in which something was looked at is over. */
  void checked(Transaction transaction, long errors) {
    int _ =
        transaction
            .sql()
            .update(SIGNAL_WATCH)
            .set(SIGNAL_WATCH.LAST_CHECK_AT, now())
            .set(SIGNAL_WATCH.TOTAL_CHECKS, SIGNAL_WATCH.TOTAL_CHECKS.plus(1))
            .set(SIGNAL_WATCH.ERRORS, SIGNAL_WATCH.ERRORS.plus(errors))
            .execute();
  }

  /** Signals were made. */
  void signalled(Transaction transaction, int signals) {
    int _ =
        transaction
            .sql()
            .update(SIGNAL_WATCH)
            .set(SIGNAL_WATCH.LAST_SIGNAL_AT, now())
            .set(SIGNAL_WATCH.TOTAL_SIGNALS, SIGNAL_WATCH.TOTAL_SIGNALS.plus(signals))
            .execute();
  }
}

package io.tollgate.trading.engine.internal.monitor;

import static io.tollgate.schema.trading.Tables.SIGNAL;
import static io.tollgate.schema.trading.Tables.SIGNAL_MONITOR;
import static io.tollgate.schema.trading.Tables.SIGNAL_SCAN;
import static io.tollgate.schema.trading.Tables.SIGNAL_WATCH;
import static io.tollgate.schema.trading.Tables.STRATEGY;
import static java.time.temporal.ChronoUnit.MICROS;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.schema.trading.tables.records.SignalMonitorRecord;
import io.tollgate.schema.trading.tables.records.SignalRecord;
import io.tollgate.schema.trading.tables.records.SignalScanRecord;
import io.tollgate.schema.trading.tables.records.SignalWatchRecord;
import io.tollgate.trading.engine.SignalMonitor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What is set of the monitor, and what the process that looks says of itself, in PostgreSQL. */
public final class StoredMonitor implements SignalMonitor {
  /** A process that did not say for so long that it is there is not. */
  private static final Duration ABSENT_AFTER = Duration.ofSeconds(15);

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

  /** The process that looks says that it is there. */
  void beat(Transaction transaction, String holder) {
    int _ =
        transaction
            .sql()
            .update(SIGNAL_WATCH)
            .set(SIGNAL_WATCH.HOLDER, holder)
            .set(SIGNAL_WATCH.BEAT_AT, now())
            .execute();
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

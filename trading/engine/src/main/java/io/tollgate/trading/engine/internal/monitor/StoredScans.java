package io.tollgate.trading.engine.internal.monitor;

import static io.tollgate.schema.trading.Tables.SIGNAL_SCAN;
import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.schema.trading.tables.records.SignalScanRecord;
import io.tollgate.trading.engine.scan.ScanState;
import io.tollgate.trading.strategies.Bar;
import java.time.Instant;
import java.util.Optional;
import org.jooq.Record;
import org.jooq.UpdateSetMoreStep;

/** How far each strategy has come on each pair, in PostgreSQL. */
final class StoredScans {
  private static final int LONGEST_ERROR = 500;

  private StoredScans() {}

  /** A strategy on a pair. */
  record Key(long strategy, String symbol) {
    Key {
      requireNonNull(symbol, "symbol is null");
    }
  }

  /**
   * What is kept.
   *
   * @param version that grows with each change
   * @param state empty: no bar was seen yet
   */
  record Kept(long version, Optional<ScanState> state, Optional<Instant> coolingUntil) {
    Kept {
      requireNonNull(state, "state is null");
      requireNonNull(coolingUntil, "coolingUntil is null");
    }
  }

  /**
   * What a look has brought.
   *
   * @param outcome in a word
   * @param late outputs that came too late
   * @param signalled whether there were signals
   * @param revised whether what was seen before was given up
   */
  record Look(
      ScanState state,
      Optional<Instant> coolingUntil,
      String outcome,
      int late,
      boolean signalled,
      boolean revised) {
    Look {
      requireNonNull(state, "state is null");
      requireNonNull(coolingUntil, "coolingUntil is null");
      requireNonNull(outcome, "outcome is null");
    }
  }

  /** What is kept of one, which there is from now on. */
  static Kept load(Transaction transaction, Key key) {
    int _ =
        transaction
            .sql()
            .insertInto(SIGNAL_SCAN)
            .set(SIGNAL_SCAN.STRATEGY_ID, key.strategy())
            .set(SIGNAL_SCAN.SYMBOL, key.symbol())
            .onConflictDoNothing()
            .execute();
    SignalScanRecord row =
        transaction
            .sql()
            .selectFrom(SIGNAL_SCAN)
            .where(
                SIGNAL_SCAN.STRATEGY_ID.eq(key.strategy()).and(SIGNAL_SCAN.SYMBOL.eq(key.symbol())))
            .fetchSingle();
    return new Kept(
        row.getVersion(),
        Optional.ofNullable(row.getIdentity()).map(identity -> state(identity, row)),
        Optional.ofNullable(row.getCoolingUntil()));
  }

  private static ScanState state(String identity, SignalScanRecord row) {
    Double[] last = row.getLastBar();
    return new ScanState(
        identity,
        row.getFirstBarAt().toEpochMilli(),
        new Bar(row.getLastBarAt().toEpochMilli(), last[0], last[1], last[2], last[3], last[4]),
        row.getBars(),
        row.getGaps(),
        row.getFold());
  }

  /**
   * Keeps what a look has brought.
   *
   * @param version that was loaded or kept before
   * @return false: somebody else has been there since
   */
  static boolean save(Transaction transaction, Key key, long version, Look look, Instant now) {
    ScanState state = look.state();
    Bar last = state.last();
    var update =
        changed(transaction, now)
            .set(SIGNAL_SCAN.IDENTITY, state.identity())
            .set(SIGNAL_SCAN.FIRST_BAR_AT, Instant.ofEpochMilli(state.firstOpenTime()))
            .set(SIGNAL_SCAN.LAST_BAR_AT, Instant.ofEpochMilli(last.openTime()))
            .set(
                SIGNAL_SCAN.LAST_BAR,
                new Double[] {last.open(), last.high(), last.low(), last.close(), last.volume()})
            .set(SIGNAL_SCAN.BARS, state.bars())
            .set(SIGNAL_SCAN.GAPS, state.gaps())
            .set(SIGNAL_SCAN.FOLD, state.fold())
            .set(SIGNAL_SCAN.COOLING_UNTIL, look.coolingUntil().orElse(null))
            .set(SIGNAL_SCAN.LATE, SIGNAL_SCAN.LATE.plus(look.late()))
            .set(SIGNAL_SCAN.REVISIONS, SIGNAL_SCAN.REVISIONS.plus(look.revised() ? 1 : 0))
            .set(SIGNAL_SCAN.LAST_OUTCOME, look.outcome())
            .setNull(SIGNAL_SCAN.LAST_ERROR)
            .setNull(SIGNAL_SCAN.LAST_ERROR_AT);
    if (look.signalled()) {
      update = update.set(SIGNAL_SCAN.LAST_SIGNAL_AT, now);
    }
    return update
            .where(
                SIGNAL_SCAN
                    .STRATEGY_ID
                    .eq(key.strategy())
                    .and(SIGNAL_SCAN.SYMBOL.eq(key.symbol()))
                    .and(SIGNAL_SCAN.VERSION.eq(version)))
            .execute()
        == 1;
  }

  /** Notes that a look failed; what is kept stays. */
  static void failed(Transaction transaction, Key key, String sentence, Instant now) {
    String shown =
        sentence.length() > LONGEST_ERROR ? sentence.substring(0, LONGEST_ERROR) : sentence;
    int _ =
        transaction
            .sql()
            .insertInto(SIGNAL_SCAN)
            .set(SIGNAL_SCAN.STRATEGY_ID, key.strategy())
            .set(SIGNAL_SCAN.SYMBOL, key.symbol())
            .set(SIGNAL_SCAN.ERRORS, 1L)
            .set(SIGNAL_SCAN.LAST_ERROR, shown)
            .set(SIGNAL_SCAN.LAST_ERROR_AT, now)
            .onConflict(SIGNAL_SCAN.STRATEGY_ID, SIGNAL_SCAN.SYMBOL)
            .doUpdate()
            .set(SIGNAL_SCAN.ERRORS, SIGNAL_SCAN.ERRORS.plus(1))
            .set(SIGNAL_SCAN.LAST_ERROR, shown)
            .set(SIGNAL_SCAN.LAST_ERROR_AT, now)
            .execute();
  }

  private static UpdateSetMoreStep<? extends Record> changed(Transaction transaction, Instant now) {
    return transaction
        .sql()
        .update(SIGNAL_SCAN)
        .set(SIGNAL_SCAN.VERSION, SIGNAL_SCAN.VERSION.plus(1))
        .set(SIGNAL_SCAN.LAST_SCAN_AT, now);
  }
}

package io.tollgate.metering.internal.database.books;

import io.tollgate.data.Transaction;
import io.tollgate.metering.internal.database.tables.LogRow;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.settlement.LogState;
import io.tollgate.metering.internal.settlement.SettlementAnswer;
import io.tollgate.metering.internal.settlement.SettlementBatch;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jooq.Record;

/**
 * The first statement of every settlement: moves a log's position from where the batch believes it
 * to be. Two that believe the same wait here for one another, and one of them finds it moved.
 */
final class LogMove {
  private static final String MOVE =
      """
      UPDATE metering.meter_log
         SET position = ?, chain = ?, segment = ?, charges = charges + ?,
             exceptions = exceptions + ?, settled_at = ?::timestamptz
       WHERE id = ? AND position = ? AND chain = ?
         AND (state = 'recovering' OR (state IN ('open', 'lost') AND NOT ?))
      RETURNING state
      """;

  private static final String FEWER =
      "UPDATE metering.meter_log SET charges = charges - ? WHERE id = ?";

  private LogMove() {}

  /** The log's state when it was moved; nothing when it stands elsewhere. */
  static Optional<LogState> move(
      Transaction transaction, SettlementBatch batch, int charges, int exceptions, Instant now) {
    LogPosition from = batch.from();
    LogPosition to = batch.to();
    Optional<Record> moved =
        transaction
            .sql()
            .fetchOptional(
                MOVE,
                to.sequence(),
                to.chain(),
                batch.segment(),
                charges,
                exceptions,
                now.toString(),
                batch.log(),
                from.sequence(),
                from.chain(),
                batch.takenOver());
    return moved.map(row -> LogState.valueOf(row.get(0, String.class).toUpperCase(Locale.ROOT)));
  }

  /** Some of the batch's charges were in the books before. */
  static void fewer(Transaction transaction, SettlementBatch batch, int charges) {
    int _ = transaction.sql().execute(FEWER, charges, batch.log());
  }

  /** Where the log stands instead. */
  static SettlementAnswer elsewhere(Transaction transaction, SettlementBatch batch) {
    return LogRow.find(transaction, batch.log())
        .<SettlementAnswer>map(row -> new SettlementAnswer.Elsewhere(row.standing()))
        .orElseGet(SettlementAnswer.Unknown::new);
  }
}

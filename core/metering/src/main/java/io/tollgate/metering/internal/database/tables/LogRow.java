package io.tollgate.metering.internal.database.tables;

import io.tollgate.data.Transaction;
import io.tollgate.metering.internal.meterlog.LogPosition;
import io.tollgate.metering.internal.settlement.LogStanding;
import io.tollgate.metering.internal.settlement.LogState;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Record;

/** A meter log's row. */
public record LogRow(LogStanding standing, UUID incarnation) {
  private static final String READ =
      "SELECT id, state, position, chain, segment, incarnation FROM metering.meter_log WHERE id ="
          + " ?";

  private static final String SET_STATE =
      """
      UPDATE metering.meter_log
         SET state = ?,
             ended_at = CASE WHEN ? IN ('ended', 'lost') THEN ?::timestamptz ELSE ended_at END
       WHERE id = ?
      """;

  public static Optional<LogRow> find(Transaction transaction, UUID log) {
    return transaction.sql().fetchOptional(READ, log).map(LogRow::read);
  }

  /** Locks it against everybody: lease operations under way are waited for, others wait. */
  public static Optional<LogRow> lock(Transaction transaction, UUID log) {
    return transaction.sql().fetchOptional(READ + " FOR UPDATE", log).map(LogRow::read);
  }

  public static void setState(Transaction transaction, UUID log, LogState state, Instant now) {
    int _ = transaction.sql().execute(SET_STATE, state.code(), state.code(), now.toString(), log);
  }

  public LogState state() {
    return standing.state();
  }

  public UUID log() {
    return standing.log();
  }

  private static LogRow read(Record row) {
    return new LogRow(
        new LogStanding(
            row.get("id", UUID.class),
            LogState.valueOf(row.get("state", String.class).toUpperCase(Locale.ROOT)),
            new LogPosition(row.get("position", long.class), row.get("chain", int.class)),
            row.get("segment", int.class)),
        row.get("incarnation", UUID.class));
  }
}

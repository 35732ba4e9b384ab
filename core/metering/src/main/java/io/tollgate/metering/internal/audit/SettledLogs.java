package io.tollgate.metering.internal.audit;

import io.tollgate.data.Transaction;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import java.util.List;

/**
 * Of a log everything up to its position is in the books: as many records as were counted when they
 * were booked, each of another result, none from beyond. What was imported by charge id has no
 * number. Reading from a time on, what older logs had booked before is not counted again: a record
 * that is gone from them is named by its charge and by the statistics.
 */
final class SettledLogs implements AuditCheck {
  private static final String NAME = "metering.log_settled";

  private static final String CHECK =
      """
      WITH booked AS (
        SELECT log, count(*) AS charges, count(DISTINCT sequence) AS results,
               min(sequence) AS first, max(sequence) AS last
          FROM metering.usage_record
         WHERE log IS NOT NULL AND sequence IS NOT NULL
           :records
         GROUP BY log
      )
      SELECT 'log ' || m.id,
             format('%s charges up to record %s', m.charges, m.position),
             format('%s charges of %s results, records %s to %s', coalesce(b.charges, 0),
                    coalesce(b.results, 0), b.first, b.last)
        FROM metering.meter_log m
        LEFT JOIN booked b ON b.log = m.id
       WHERE coalesce(b.charges, 0) > m.charges
          OR (coalesce(b.charges, 0) < m.charges :counted)
          OR b.results <> b.charges
          OR b.last > m.position
       ORDER BY m.opened_at, m.id
      """;

  private static final MeteringCheck WHOLE =
      new MeteringCheck(NAME, CHECK.replace(":records", "").replace(":counted", ""));

  /** An hour more is read than is counted: a clock may have been set in between. */
  private static final MeteringCheck SINCE =
      new MeteringCheck(
          NAME,
          CHECK
              .replace(":records", "AND settled_at >= :margin")
              .replace(":counted", "AND m.opened_at >= :since"));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public List<AuditFinding> run(Transaction snapshot, AuditScope scope) {
    return (scope.since().isPresent() ? SINCE : WHOLE).run(snapshot, scope);
  }
}

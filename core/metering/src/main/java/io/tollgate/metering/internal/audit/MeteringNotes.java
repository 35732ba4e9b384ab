package io.tollgate.metering.internal.audit;

import io.tollgate.data.Transaction;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import java.util.ArrayList;
import java.util.List;

/**
 * What is no fault of the books, but is to be seen: doubts, exceptions, losses, what is at risk.
 */
final class MeteringNotes implements AuditCheck {
  private static final String IN_DOUBT =
      """
      SELECT format('in doubt: %s waiting for their tenant, %s resolved by rule, %s of which the'
                    ' result was found later',
                    count(*) FILTER (WHERE in_doubt_since IS NOT NULL),
                    (SELECT count(*) FROM metering.usage_record WHERE outcome = 'in_doubt'
                        AND settled_at >= :since),
                    (SELECT count(*) FROM metering.superseded_usage WHERE superseded_at >= :since))
        FROM metering.passage
      """;

  private static final String EXCEPTIONS =
      """
      SELECT format('exception: charge %s of tenant %s user %s, log %s record %s, for %s to resolve: %s',
                    charge_id, tenant_id, user_id, log, sequence, owner, why)
        FROM metering.settlement_exception
       WHERE resolved_at IS NULL
       ORDER BY noted_at, log, sequence
      """;

  private static final String LOSSES =
      """
      SELECT format('loss: log %s of incarnation %s, records from %s to %s may be missing: %s%s',
                    l.log, l.incarnation, l.begins_at, l.ends_at, l.why,
                    (SELECT '; at most ' || string_agg(units || ' ' || asset, ', ')
                       FROM (SELECT a.asset, sum(r.units) AS units
                               FROM metering.at_risk r
                               JOIN ledger.account a ON a.id = r.account_id AND a.shard = 0
                              WHERE r.log = l.log AND r.cause = 'loss'
                              GROUP BY a.asset ORDER BY a.asset) b))
        FROM metering.loss l
       WHERE l.noted_at >= :since
       ORDER BY l.noted_at, l.log
      """;

  private static final String GIVEN_UP =
      """
      SELECT format('given up: log %s of incarnation %s, at risk %s', m.id, m.incarnation,
                    string_agg(b.units || ' ' || b.asset, ', '))
        FROM (SELECT r.log, a.asset, sum(r.units) AS units, min(r.noted_at) AS noted_at
                FROM metering.at_risk r
                JOIN ledger.account a ON a.id = r.account_id AND a.shard = 0
               WHERE r.cause = 'given_up' AND r.resolved_at IS NULL
               GROUP BY r.log, a.asset ORDER BY a.asset) b
        JOIN metering.meter_log m ON m.id = b.log
       GROUP BY m.id
       ORDER BY min(b.noted_at), m.id
      """;

  private static final String LOGS =
      """
      SELECT format('log %s of incarnation %s is %s: settled up to record %s, %s', m.id,
                    m.incarnation,
                    CASE WHEN m.state = 'open' THEN 'not recovered since its process ended'
                         ELSE m.state END,
                    m.position,
                    (SELECT 'leases on ' || count(*) || ' accounts' FROM metering.lease l
                      WHERE l.holder = m.id AND l.granted > l.settled))
        FROM metering.meter_log m
        LEFT JOIN metering.incarnation i ON i.id = m.incarnation
       WHERE m.state IN ('recovering', 'forked') OR (m.state = 'open' AND i.ended_at IS NOT NULL)
       ORDER BY m.opened_at, m.id
      """;

  @Override
  public String name() {
    return "metering.notes";
  }

  @Override
  public List<AuditFinding> run(Transaction snapshot, AuditScope scope) {
    return List.of();
  }

  @Override
  public List<String> notes(Transaction snapshot, AuditScope scope) {
    List<String> notes = new ArrayList<>();
    for (String query : List.of(IN_DOUBT, EXCEPTIONS, LOSSES, GIVEN_UP, LOGS)) {
      snapshot
          .sql()
          .fetch(MeteringCheck.bounded(query, scope) + " LIMIT " + scope.maxFindings())
          .forEach(row -> notes.add(String.valueOf(row.get(0))));
    }
    return notes;
  }
}

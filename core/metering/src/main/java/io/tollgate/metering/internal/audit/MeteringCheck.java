package io.tollgate.metering.internal.audit;

import io.tollgate.data.Transaction;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.AuditFinding;
import io.tollgate.ledger.AuditScope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A check that is one query: it answers the rows that do not fit as three texts, the row, what is
 * expected, what was found, the first such row first. Bounds of the scope are written in as
 * literals, so that the planner sees how much is to be read: {@code :since}; {@code :margin}, an
 * hour earlier, for what belongs to a row at the boundary; {@code :from}, the smallest transfer id
 * posted after the margin.
 */
record MeteringCheck(String name, String query) implements AuditCheck {
  private static final Duration MARGIN = Duration.ofHours(1);

  @Override
  public List<AuditFinding> run(Transaction snapshot, AuditScope scope) {
    return snapshot
        .sql()
        .resultQuery(bounded(query, scope))
        // no LIMIT: the planner would join by nested loops to get the first rows soon, and in clean
        // books there are none
        .maxRows(scope.maxFindings())
        .fetch()
        .map(
            row ->
                new AuditFinding(
                    name,
                    String.valueOf(row.get(0)),
                    String.valueOf(row.get(1)),
                    String.valueOf(row.get(2))));
  }

  /** The query with its bounds. */
  static String bounded(String query, AuditScope scope) {
    Instant since = scope.since().filter(at -> at.isAfter(Instant.EPOCH)).orElse(Instant.EPOCH);
    Instant margin = since.equals(Instant.EPOCH) ? since : since.minus(MARGIN);
    return query
        .replace(":since", literal(since))
        .replace(":margin", literal(margin))
        .replace(":from", "'" + lowestId(margin) + "'::uuid");
  }

  private static String literal(Instant at) {
    return "'" + at + "'::timestamptz";
  }

  /** Ids of transfers are version 7 UUIDs: they begin with the millisecond of posting. */
  private static UUID lowestId(Instant from) {
    return new UUID((Math.max(0, from.toEpochMilli()) << 16) | 0x7000L, Long.MIN_VALUE);
  }
}

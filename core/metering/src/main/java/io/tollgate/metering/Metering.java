package io.tollgate.metering;

import io.tollgate.data.Transactions;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.Ledger;
import io.tollgate.metering.internal.MeteringParts;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;

/**
 * The metering context of one process: made once, after what earlier processes left is resolved.
 */
public interface Metering {
  /**
   * Ends earlier incarnations of the data directory, resolves what they left open, and opens a new
   * one.
   *
   * @param dataDirectory id of the data directory whose lock the caller holds
   * @param incarnation random id of this start
   * @param executor runs blocking work; usually one virtual thread per task
   */
  static Metering start(
      MeteringConfig config,
      Transactions transactions,
      Ledger ledger,
      Entitlements entitlements,
      QuoteBook quotes,
      InDoubtRule.Source inDoubtRules,
      Executor executor,
      Clock clock,
      UUID dataDirectory,
      UUID incarnation) {
    return MeteringParts.start(
        config,
        transactions,
        ledger,
        entitlements,
        quotes,
        inDoubtRules,
        executor,
        clock,
        dataDirectory,
        incarnation);
  }

  /** Reads the requests in the books; needs no start. */
  static UsageQueries usageQueries() {
    return MeteringParts.usageQueries();
  }

  /** Requests in doubt that wait for a decision; needs no start. */
  static InDoubt inDoubt(Ledger ledger, QuoteBook quotes, Clock clock) {
    return MeteringParts.inDoubt(ledger, quotes, clock);
  }

  /** What the audit checks of this context. */
  static List<AuditCheck> auditChecks() {
    return MeteringParts.auditChecks();
  }

  Passages passages();

  /** Requests that earlier processes had left in doubt and that were resolved at this start. */
  int recovered();

  /** Requests under way. */
  int open();

  /** Makes the partitions that the coming days need; to be run at least once a day. */
  void prepareDays();

  /** Ends the incarnation; cleanly when nothing is under way. */
  void stop();
}

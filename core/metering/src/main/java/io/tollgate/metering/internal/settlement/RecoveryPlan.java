package io.tollgate.metering.internal.settlement;

import static java.util.Objects.requireNonNull;

import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogPosition;
import java.time.Instant;
import java.util.UUID;

/** What is to be done with a log that an earlier process left. */
public sealed interface RecoveryPlan {
  /**
   * Under what a log is looked at.
   *
   * @param boot the machine's boot now
   * @param onDisk whether a record was on disk before anybody was answered
   */
  record Circumstances(UUID ledger, UUID boot, boolean onDisk, Instant now) {
    public Circumstances {
      requireNonNull(ledger, "ledger is null");
      requireNonNull(boot, "boot is null");
      requireNonNull(now, "now is null");
    }
  }

  /** In one sentence, for people. */
  String explain();

  /**
   * Nothing has to be done.
   *
   * @param empty whether nothing was ever written to it, so that it may be removed at once
   */
  record Nothing(boolean empty, String explain) implements RecoveryPlan {}

  /**
   * It is taken over, unless that is done, and settled to its end.
   *
   * @param known whether the database knows the log; else it has to be entered at {@code from}
   * @param from how far it is settled
   * @param end position after its last record
   */
  record Resume(
      LogIdentity identity,
      boolean known,
      LogStanding from,
      LogPosition end,
      TakeOver takeOver,
      String explain)
      implements RecoveryPlan {}

  /** Another process wrote as this log; it is kept, and nothing more of it is settled. */
  record Forked(String explain) implements RecoveryPlan {}

  /**
   * Something is missing that was there: nobody goes on before somebody has looked at it.
   *
   * @param explain what is wrong, and what can be done
   */
  record Damaged(String explain) implements RecoveryPlan {}
}

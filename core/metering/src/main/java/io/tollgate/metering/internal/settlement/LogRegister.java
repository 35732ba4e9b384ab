package io.tollgate.metering.internal.settlement;

import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogPosition;
import java.util.Optional;
import java.util.UUID;

/** The database's list of meter logs. Each call is one transaction and blocks. */
public interface LogRegister {
  /** Id of the ledger: logs of another one are refused. A restore renews it. */
  UUID ledger();

  /**
   * Enters a new log; its leases can be asked for from then on. One that is there already is left
   * as it is.
   *
   * @param start position before its first record
   */
  void enter(LogIdentity identity, LogPosition start);

  Optional<LogStanding> find(UUID log);

  /** As {@link #find}, and notes that the log's process runs. */
  default Optional<LogStanding> heard(UUID log) {
    return find(log);
  }

  /**
   * Takes over the log of a process that has ended, also one that was given up: its open intents
   * are in doubt all the same. Doing it again changes nothing.
   *
   * @return whether it was done; not when the log stands elsewhere than the plan believes, is
   *     unknown, ended or forked: then a new plan is needed
   */
  boolean takeOver(TakeOver plan);

  /**
   * Ends a log that is settled to its end: what its leases still hold is free.
   *
   * @param end where that is
   * @param takenOver whether the log must have been taken over, as its process did not end in order
   * @return whether it was done; not when the log stands elsewhere, has ended, is forked, or was
   *     not taken over as it must: a database that was put back knows less
   */
  boolean end(UUID log, LogPosition end, boolean takenOver);

  /**
   * Two processes wrote as this log: nothing more is settled by its positions, whatever state it is
   * in.
   */
  void fork(UUID log);
}

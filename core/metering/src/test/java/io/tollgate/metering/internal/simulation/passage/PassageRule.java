package io.tollgate.metering.internal.simulation.passage;

import java.util.EnumSet;
import java.util.Set;

/**
 * The rules between wallet and books. Each is left out once, where the simulated world can do so:
 * in its relay, disk, settler, or database.
 */
enum PassageRule {
  /** A request goes upstream only when its intent is written. */
  INTENT_FIRST,
  /** The last byte goes out only when the result is written. */
  RESULT_FIRST,
  /** Only what is on disk is settled. */
  ONLY_FORCED,
  /** What a killed process wrote is put on disk before it is settled. */
  OLD_LOGS_FORCED,
  /** A write that falls short ends the process. */
  SHORT_WRITE_STOPS,
  /** An fsync that fails ends the process. */
  FAILED_FSYNC_STOPS,
  /** A batch counts only where the log stands at the batch's start. */
  POSITION_COMPARED,
  /** A position is one of a log only with its chain. */
  CHAIN_COMPARED,
  /** What a database that was put back has lost is settled again. */
  REPLAY,
  /** A batch whose content fails is halved down to the one charge. */
  HALVED,
  /** A charge that cannot be booked is kept as an exception. */
  EXCEPTION_KEPT,
  /** Settlement is never refused for want of a lease: available and debt stand in. */
  TOTAL,
  /** The log is taken over and its open intents are held in one transaction. */
  ONE_TAKE_OVER,
  /** An intent without result keeps its means until somebody has decided. */
  IN_DOUBT_HOLD,
  /** Taking over keeps what unsettled results need. */
  UNSETTLED_KEPT,
  /** After another boot, what may be missing is noted. */
  LOSS_NOTED,
  /** A data directory is used by one process at a time. */
  DIRECTORY_LOCKED,
  /** What a forked log holds is imported by charge id, each once. */
  IMPORT_ONCE,
  /** What was taken over is settled only where the database knows that. */
  TAKE_OVER_FIRST,
  /** A result found while its intent is in doubt ends the doubt. */
  RESULT_SUPERSEDES,
  /** Segments stay while an intent in them has no settled result. */
  SEGMENTS_KEPT,
  /** A log ends only at its end. */
  END_AT_END,
  /** What is left of an ended log's leases is free again. */
  LEASES_FREED;

  static Set<PassageRule> all() {
    return EnumSet.allOf(PassageRule.class);
  }
}

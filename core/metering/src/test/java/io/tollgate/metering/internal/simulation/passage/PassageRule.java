package io.tollgate.metering.internal.simulation.passage;

import java.util.EnumSet;
import java.util.Set;

/**
 * The rules between wallet and books. Each is left out once, where the simulated world can do so:
 * in its relay, disk, settler, or database.
 */
enum PassageRule {
  /** A request goes upstream only when its intent is written. */
  INTENT_FIRST(3),
  /** The last byte goes out only when the result is written. */
  RESULT_FIRST(217),
  /** Only what is on disk is settled. */
  ONLY_FORCED(71),
  /** What a killed process wrote is put on disk before it is settled. */
  OLD_LOGS_FORCED(1068),
  /** A write that falls short ends the process. */
  SHORT_WRITE_STOPS(19),
  /** An fsync that fails ends the process. */
  FAILED_FSYNC_STOPS(71),
  /** A batch counts only where the log stands at the batch's start. */
  POSITION_COMPARED(33),
  /** A position is one of a log only with its chain. (Left out with what leases tell of forks.) */
  CHAIN_COMPARED(210),
  /** What a database that was put back has lost is settled again. */
  REPLAY(783),
  /** A batch whose content fails is halved down to the one charge. */
  HALVED(243),
  /** A charge that cannot be booked is kept as an exception. */
  EXCEPTION_KEPT(243),
  /** Settlement is never refused for want of a lease: available and debt stand in. */
  TOTAL(27),
  /** The log is taken over and its open intents are held in one transaction. */
  ONE_TAKE_OVER(6),
  /** An intent without result keeps its means until somebody has decided. */
  IN_DOUBT_HOLD(303),
  /** Taking over keeps what unsettled results need. */
  UNSETTLED_KEPT(771),
  /** After another boot, what may be missing is noted. */
  LOSS_NOTED(105),
  /** A data directory is used by one process at a time. */
  DIRECTORY_LOCKED(3),
  /** What a forked log holds is imported by charge id, each once. */
  IMPORT_ONCE(108),
  /** What was taken over is settled only where the database knows that. */
  TAKE_OVER_FIRST(286),
  /** A result found while its intent is in doubt ends the doubt. */
  RESULT_SUPERSEDES(238),
  /** A result found after its intent in doubt was decided on is charged instead. */
  DECISION_SUPERSEDED(8398),
  /** Segments stay while an intent in them has no settled result. */
  SEGMENTS_KEPT(18012),
  /** A log ends only at its end. */
  END_AT_END(408),
  /** What is left of an ended log's leases is free again. */
  LEASES_FREED(151),
  /** What may be spent is reserved of each spend limit, too. */
  LIMITS_RESERVED(2),
  /** Use beyond the reservation asks for more of the same leg before the next leg pays. */
  SAME_LEG_FIRST(1),
  /** A leg that was not there in time pays after all when the charge is booked. */
  PUT_RIGHT(2);

  private final long seed;

  PassageRule(long seed) {
    this.seed = seed;
  }

  /** The first seed whose history shows that the rule was left out. */
  long seed() {
    return seed;
  }

  static Set<PassageRule> all() {
    return EnumSet.allOf(PassageRule.class);
  }
}

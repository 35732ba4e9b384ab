package io.tollgate.metering.internal.simulation.passage;

import java.util.Set;

/** What goes wrong next on a disk. */
final class DiskFaults {
  private final Set<PassageRule> rules;
  boolean full;
  boolean nextWriteFallsShort;
  boolean nextForceFails;

  DiskFaults(Set<PassageRule> rules) {
    this.rules = rules;
  }

  /** How much of a write is kept. */
  int kept(int length) {
    int kept = nextWriteFallsShort ? length / 2 : length;
    nextWriteFallsShort = false;
    return kept;
  }

  /** What the writer is told of a write. */
  int told(int kept, int length) {
    return rules.contains(PassageRule.SHORT_WRITE_STOPS) ? kept : length;
  }

  boolean forceFails() {
    boolean fails = nextForceFails;
    nextForceFails = false;
    return fails;
  }

  /** Whether the writer hears of a failed fsync. */
  boolean tells() {
    return rules.contains(PassageRule.FAILED_FSYNC_STOPS);
  }

  boolean forcesOldLogs() {
    return rules.contains(PassageRule.OLD_LOGS_FORCED);
  }

  void mend() {
    full = false;
    nextWriteFallsShort = false;
    nextForceFails = false;
  }
}

package io.tollgate.metering.internal.simulation;

/** One step of a history. The numbers choose among what exists when it happens. */
record Event(Kind kind, int a, int b) {
  enum Kind {
    RESERVE,
    SETTLE,
    TICK,
    DELIVER,
    DROP,
    DUPLICATE,
    SETTLE_LOG,
    CREDIT,
    KILL,
    RECOVER,
    FREEZE,
    THAW,
    LOST,
    COPY,
    BACKUP,
    RESTORE
  }

  @Override
  public String toString() {
    return kind + "(" + a + "," + b + ")";
  }
}

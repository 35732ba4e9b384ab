package io.tollgate.metering.internal.simulation.passage;

/** One step of a history. The numbers choose among what exists when it happens. */
record Event(Kind kind, int a, int b) {
  enum Kind {
    OPEN,
    STREAM,
    FINISH,
    HANG_UP,
    WORK,
    DELIVER,
    TICK,
    SETTLE,
    START,
    DROP,
    DUPLICATE,
    CREDIT,
    KILL,
    CUT_POWER,
    CLOSE,
    FREEZE,
    THAW,
    GIVE_UP,
    COPY_DISK,
    TWIN,
    BACKUP,
    RESTORE,
    CLOCK,
    FILL_DISK,
    BREAK_DISK,
    UNBOOKABLE,
    DECIDE,
    TIDY,
    CUT_OFF_DATABASE,
    DO_LATE
  }

  @Override
  public String toString() {
    return kind + "(" + a + "," + b + ")";
  }
}

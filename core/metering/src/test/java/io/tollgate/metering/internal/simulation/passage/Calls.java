package io.tollgate.metering.internal.simulation.passage;

import java.util.ArrayList;
import java.util.List;

/** What becomes of calls to the database. */
final class Calls {
  /** What becomes of one. */
  enum Fate {
    FINE,
    NOT_DONE,
    ANSWER_LOST,
    LATE
  }

  private static final int MAX_LATE = 20;
  private final List<Runnable> late = new ArrayList<>();
  private Fate fate = Fate.FINE;
  private int passing;

  /** The database cannot be reached at all. */
  boolean away;

  /** After so many calls that pass, one has that fate. */
  void plan(int callsBefore, Fate next) {
    passing = callsBefore;
    fate = next;
  }

  Fate next() {
    if (away) {
      return Fate.NOT_DONE;
    }
    if (fate == Fate.FINE || passing-- > 0) {
      return Fate.FINE;
    }
    Fate now = fate;
    fate = Fate.FINE;
    return now;
  }

  void later(Runnable transaction) {
    if (late.size() < MAX_LATE) {
      late.add(transaction);
    }
  }

  /** One that was under way is done after all. */
  void doLate(int choice) {
    if (!late.isEmpty()) {
      late.remove(choice % late.size()).run();
    }
  }

  /** What was under way fails for good. */
  void forgetLate() {
    late.clear();
  }

  void mend() {
    fate = Fate.FINE;
    away = false;
  }
}

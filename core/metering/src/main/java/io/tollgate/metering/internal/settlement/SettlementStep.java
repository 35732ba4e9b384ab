package io.tollgate.metering.internal.settlement;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** What a step of a log's settlement came to, and when to come again. */
public sealed interface SettlementStep {
  /** Something was booked, and there may be more: come again at once. */
  record More() implements SettlementStep {}

  /** Everything that could be read is in the books. */
  record Idle() implements SettlementStep {}

  /**
   * The database stands elsewhere than was believed, at a place of this log: it was put back, or an
   * answer of its was lost. Come again at once.
   */
  record Moved(String what) implements SettlementStep {
    public Moved {
      requireNonNull(what, "what is null");
    }
  }

  /** Nothing could be done now; what was tried is tried again. */
  record Later(Duration pause, Throwable why) implements SettlementStep {
    public Later {
      requireNonNull(pause, "pause is null");
      requireNonNull(why, "why is null");
    }
  }

  /** Settled to its end, and ended in the database. Nothing is left to do. */
  record Ended() implements SettlementStep {}

  /** The database no longer knows that this log was taken over: that comes first, anew. */
  record TakeOverFirst() implements SettlementStep {}

  /**
   * Settling this log has stopped for good; what is left in it is kept.
   *
   * @param forked whether another process wrote as this log
   */
  record Stopped(String why, boolean forked) implements SettlementStep {
    public Stopped {
      requireNonNull(why, "why is null");
    }
  }
}

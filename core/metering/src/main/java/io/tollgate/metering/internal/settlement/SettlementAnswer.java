package io.tollgate.metering.internal.settlement;

/** What the database says to a batch. */
public sealed interface SettlementAnswer {
  /** All of it is in the books now. */
  record Settled() implements SettlementAnswer {}

  /**
   * Nothing was booked: the database stands elsewhere in this log. The log's writer knows whether
   * that place is its own; if so it goes on from there, else the log is forked.
   */
  record Elsewhere(LogStanding standing) implements SettlementAnswer {}

  /** Nothing was booked: the database knows no such log; it was put back to before it began. */
  record Unknown() implements SettlementAnswer {}
}

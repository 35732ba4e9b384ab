package io.tollgate.metering.internal.settlement;

import static java.util.Objects.requireNonNull;

import io.tollgate.metering.internal.meterlog.LogPosition;
import java.util.List;
import java.util.UUID;

/**
 * Everything of one log between two positions, to be booked by one transaction. Where a batch ends
 * means nothing.
 *
 * @param from where the database is believed to stand
 * @param segment the oldest segment that recovery needs once this is settled
 * @param charges results after {@code from} up to {@code to}, in the order of the log; may be empty
 * @param takenOver whether the log was taken over: where the database has forgotten that, it counts
 *     as standing elsewhere, for its open intents would be lost
 */
public record SettlementBatch(
    UUID log,
    LogPosition from,
    LogPosition to,
    int segment,
    List<SettledCharge> charges,
    boolean takenOver) {
  /**
   * Most charges of one batch. The more it has, the more of them share an account, a lease and a
   * row of statistics; and the longer its accounts are locked, about half a second.
   */
  public static final int MAX = 10_000;

  /** Of a log whose process runs, as far as anybody knows. */
  public SettlementBatch(
      UUID log, LogPosition from, LogPosition to, int segment, List<SettledCharge> charges) {
    this(log, from, to, segment, charges, false);
  }

  public SettlementBatch {
    requireNonNull(log, "log is null");
    requireNonNull(from, "from is null");
    requireNonNull(to, "to is null");
    charges = List.copyOf(charges);
    if (to.sequence() <= from.sequence()) {
      throw new IllegalArgumentException("to: " + to + " (expected: after " + from + ")");
    }
    if (charges.size() > MAX) {
      throw new IllegalArgumentException(
          "charges: " + charges.size() + " (expected: at most " + MAX + ")");
    }
  }
}

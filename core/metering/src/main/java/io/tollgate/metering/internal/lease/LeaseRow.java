package io.tollgate.metering.internal.lease;

/**
 * The bank's row for one holder and account. {@code granted} and {@code settled} count over the
 * lease's whole life, so that operations and settlement do not disturb each other.
 */
final class LeaseRow {
  long number;
  long token;
  long granted;
  long settled;
  long heardAt;
  boolean drained;

  LeaseRow() {}

  LeaseRow(LeaseRow other) {
    number = other.number;
    token = other.token;
    granted = other.granted;
    settled = other.settled;
    heardAt = other.heardAt;
    drained = other.drained;
  }

  /** What of the account is held for this lease. */
  long outstanding() {
    return granted - settled;
  }
}

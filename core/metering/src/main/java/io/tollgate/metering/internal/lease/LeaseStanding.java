package io.tollgate.metering.internal.lease;

import io.tollgate.ground.AccountId;

/**
 * The bank's row for a holder and account, as stored. Amounts count over the lease's life, smallest
 * units.
 *
 * @param number the last operation's number, 0 before the first
 * @param token that operation's token
 * @param settled part of {@code granted} that is in the books
 * @param drained the holder returns unasked whatever becomes free
 */
public record LeaseStanding(
    HolderId holder,
    AccountId account,
    long number,
    long token,
    long granted,
    long settled,
    boolean drained) {
  /** The row of a holder that the bank has never granted anything of the account. */
  public static LeaseStanding none(HolderId holder, AccountId account) {
    return new LeaseStanding(holder, account, 0, 0, 0, 0, false);
  }

  /** What of the account is held for it. */
  public long outstanding() {
    return granted - settled;
  }

  /**
   * The row after so much was settled: what is granted is at least that.
   *
   * @param units positive
   */
  public LeaseStanding settledBy(long units) {
    long after = Math.addExact(settled, units);
    return new LeaseStanding(
        holder, account, number, token, Math.max(granted, after), after, drained);
  }

  static LeaseStanding of(HolderId holder, AccountId account, LeaseRow row) {
    return new LeaseStanding(
        holder, account, row.number, row.token, row.granted, row.settled, row.drained);
  }

  LeaseRow toRow() {
    LeaseRow row = new LeaseRow();
    row.number = number;
    row.token = token;
    row.granted = granted;
    row.settled = settled;
    row.drained = drained;
    return row;
  }
}

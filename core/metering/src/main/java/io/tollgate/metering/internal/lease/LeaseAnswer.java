package io.tollgate.metering.internal.lease;

import io.tollgate.ground.AccountId;

/** What the bank says to an operation. */
public sealed interface LeaseAnswer {
  HolderId holder();

  /**
   * The row as it stands after the operation, or after a later one.
   *
   * @param number the row's last operation
   * @param token that operation's token
   * @param granted absolute grant over the lease's life
   * @param elsewhere what other holders may still give back; 0 makes a shortage final
   */
  record Granted(
      HolderId holder, AccountId account, long number, long token, long granted, long elsewhere)
      implements LeaseAnswer {}

  /** The holder is closed (forked, given up, recovered, or unknown): its holder must stop. */
  record Closed(HolderId holder) implements LeaseAnswer {}
}

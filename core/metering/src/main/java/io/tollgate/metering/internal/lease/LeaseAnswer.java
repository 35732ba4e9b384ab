package io.tollgate.metering.internal.lease;

import io.tollgate.ground.AccountId;

/** What the bank says to an operation. */
public sealed interface LeaseAnswer {
  Incarnation incarnation();

  /**
   * The row as it stands after the operation, or after a later one.
   *
   * @param number the row's last operation
   * @param token that operation's token
   * @param granted absolute grant over the lease's life
   * @param elsewhere what other holders may still give back; 0 makes a shortage final
   */
  record Granted(
      Incarnation incarnation,
      AccountId account,
      long number,
      long token,
      long granted,
      long elsewhere)
      implements LeaseAnswer {}

  /** The incarnation is closed (forked, given up, recovered, or unknown): its holder must stop. */
  record Closed(Incarnation incarnation) implements LeaseAnswer {}
}

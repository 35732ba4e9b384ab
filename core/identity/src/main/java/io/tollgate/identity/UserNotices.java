package io.tollgate.identity;

import io.tollgate.data.Transaction;
import io.tollgate.ground.UserId;

/** Tells users by mail of what they wanted to be told. Runs in the caller's transaction. */
public interface UserNotices {
  /** Whether mails go out at all. */
  boolean reach();

  /**
   * Puts a mail into the queue, where the user has an address that was verified.
   *
   * @param detail what there is: an amount with its currency, or a share in percent; ours, never
   *     what a caller sent
   */
  void tell(Transaction transaction, UserId user, About about, String detail);

  /** Of what a user is told. */
  enum About {
    BALANCE_LOW,
    QUOTA_LOW
  }
}

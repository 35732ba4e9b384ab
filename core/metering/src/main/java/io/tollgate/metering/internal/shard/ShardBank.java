package io.tollgate.metering.internal.shard;

import io.tollgate.metering.internal.lease.LeaseBank;
import java.time.Instant;

/**
 * The database as one shard sees it: messages out, nothing returned or promised. Answers come to
 * the shard's {@link BankListener}, late, twice, in another order or never. Never blocks.
 */
public interface ShardBank extends LeaseBank {
  /**
   * Asks for a user's wallet; grants what the user is due at that time first.
   *
   * @param at when the request was opened
   */
  void wallet(UserWallet.Owner owner, Instant at);

  /** Asks to bring what some of a user's grants have into one. */
  void gather(GrantGathering.Wish wish);
}

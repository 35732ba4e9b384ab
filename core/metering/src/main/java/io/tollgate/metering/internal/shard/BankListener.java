package io.tollgate.metering.internal.shard;

import io.tollgate.ground.AccountId;
import io.tollgate.metering.internal.lease.LeaseAnswer;
import io.tollgate.metering.internal.lease.LeaseSnapshot;

/** What a shard hears from the database. Every call is made on the shard's loop. */
public interface BankListener {
  void answered(LeaseAnswer answer);

  void compared(LeaseSnapshot snapshot);

  /** Somebody else is short of this account. */
  void recalled(AccountId account);

  void wallet(UserWallet.Owner owner, UserWallet wallet);

  /** What some of a user's grants have is in one now. */
  void gathered(GrantGathering.Answer answer);

  /** The wallet could not be read; whoever waits for it is refused. */
  void walletFailed(UserWallet.Owner owner, RuntimeException why);

  /** An account of this user was opened, or they began or ceased to owe: read the wallet anew. */
  void walletChanged(UserWallet.Owner owner);

  /** Messages may have been missed: every wallet may have changed. */
  void anyWalletChanged();
}

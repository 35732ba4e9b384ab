package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.ground.AccountId;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseAnswer;
import io.tollgate.metering.internal.lease.LeaseOperation;
import io.tollgate.metering.internal.lease.LeaseSnapshot;
import io.tollgate.metering.internal.shard.UserWallet;

/** What is under way between shards and database. The numbers name lanes, twins apart. */
sealed interface Message {
  record Operate(int from, LeaseOperation operation) implements Message {}

  record Compare(int from, HolderId holder, long number) implements Message {}

  record Forked(HolderId holder) implements Message {}

  record AskWallet(int from, UserWallet.Owner owner) implements Message {}

  record Answer(int to, LeaseAnswer answer) implements Message {}

  record Compared(int to, LeaseSnapshot snapshot) implements Message {}

  record Recall(int to, AccountId account) implements Message {}

  record TellWallet(int to, UserWallet.Owner owner, UserWallet wallet) implements Message {}

  record WalletChanged(int to, UserWallet.Owner owner) implements Message {}

  record Missed(int to) implements Message {}
}

package io.tollgate.metering.internal.shard;

import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseDecision;
import io.tollgate.metering.internal.lease.LeaseLedger;
import io.tollgate.metering.internal.lease.LeaseOperation;
import io.tollgate.metering.internal.lease.LeaseRule;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The bank's rules in memory, with wallets; what it is told is done when the test says so. */
final class ModelBank implements ShardBank {
  final LeaseLedger ledger = new LeaseLedger(LeaseRule.all());
  final Map<UserWallet.Owner, UserWallet> wallets = new HashMap<>();
  final ArrayDeque<Runnable> messages = new ArrayDeque<>();
  boolean away;
  int walletReads;
  int operations;
  private final BankListener listener;
  private long now = 1;

  ModelBank(BankListener listener) {
    this.listener = listener;
  }

  @Override
  public void operate(LeaseOperation operation) {
    operations++;
    messages.add(
        () -> {
          LeaseDecision decision = ledger.operate(operation, now++);
          listener.answered(decision.answer());
        });
  }

  @Override
  public void compare(HolderId holder, long number) {
    messages.add(() -> listener.compared(ledger.compare(holder, number)));
  }

  @Override
  public void forked(HolderId holder) {
    messages.add(() -> ledger.close(holder));
  }

  @Override
  public void wallet(UserWallet.Owner owner, Instant at) {
    walletReads++;
    messages.add(() -> listener.wallet(owner, wallets.get(owner)));
  }

  @Override
  public void gather(GrantGathering.Wish wish) {
    messages.add(
        () -> listener.gathered(new GrantGathering.Answer(wish.number(), Optional.empty(), false)));
  }

  /** Does everything that was asked, unless the bank is away: then it is lost. */
  void deliver() {
    while (!messages.isEmpty()) {
      Runnable message = messages.poll();
      if (!away) {
        message.run();
      }
    }
  }
}

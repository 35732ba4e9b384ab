package io.tollgate.metering.internal.database;

import static org.awaitility.Awaitility.await;

import io.tollgate.ground.AccountId;
import io.tollgate.metering.internal.lease.LeaseAnswer;
import io.tollgate.metering.internal.lease.LeaseSnapshot;
import io.tollgate.metering.internal.shard.BankListener;
import io.tollgate.metering.internal.shard.GrantGathering;
import io.tollgate.metering.internal.shard.UserWallet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A shard that notes what it hears. */
final class Heard implements BankListener {
  final List<LeaseAnswer> answers = Collections.synchronizedList(new ArrayList<>());
  final List<LeaseSnapshot> snapshots = new CopyOnWriteArrayList<>();
  final List<AccountId> recalls = new CopyOnWriteArrayList<>();
  final List<UserWallet> wallets = new CopyOnWriteArrayList<>();
  final List<GrantGathering.Answer> gathered = new CopyOnWriteArrayList<>();
  final List<RuntimeException> failures = new CopyOnWriteArrayList<>();
  final List<UserWallet.Owner> changed = new CopyOnWriteArrayList<>();
  final AtomicInteger count = new AtomicInteger();
  final AtomicInteger allChanged = new AtomicInteger();

  @Override
  public void answered(LeaseAnswer answer) {
    answers.add(answer);
    count.incrementAndGet();
  }

  /** The next answer, which is a grant. */
  LeaseAnswer.Granted granted(int answer) {
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> answers.size() > answer);
    return (LeaseAnswer.Granted) answers.get(answer);
  }

  @Override
  public void compared(LeaseSnapshot snapshot) {
    snapshots.add(snapshot);
  }

  @Override
  public void recalled(AccountId account) {
    recalls.add(account);
  }

  @Override
  public void wallet(UserWallet.Owner owner, UserWallet wallet) {
    wallets.add(wallet);
  }

  @Override
  public void gathered(GrantGathering.Answer answer) {
    gathered.add(answer);
  }

  @Override
  public void walletFailed(UserWallet.Owner owner, RuntimeException why) {
    failures.add(why);
  }

  @Override
  public void walletChanged(UserWallet.Owner owner) {
    changed.add(owner);
  }

  @Override
  public void anyWalletChanged() {
    allChanged.incrementAndGet();
  }
}

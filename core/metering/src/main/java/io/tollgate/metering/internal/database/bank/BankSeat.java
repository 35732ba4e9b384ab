package io.tollgate.metering.internal.database.bank;

import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseOperation;
import io.tollgate.metering.internal.shard.BankListener;
import io.tollgate.metering.internal.shard.GrantGathering;
import io.tollgate.metering.internal.shard.ShardBank;
import io.tollgate.metering.internal.shard.UserWallet;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where one shard sits at the bank: passes on what it asks, and answers on its loop. */
final class BankSeat implements ShardBank {
  private static final Logger LOG = LoggerFactory.getLogger(BankSeat.class);

  private final DatabaseBank bank;
  private final HolderId holder;
  private final Executor loop;
  private final BankListener listener;

  BankSeat(DatabaseBank bank, HolderId holder, Executor loop, BankListener listener) {
    this.bank = bank;
    this.holder = holder;
    this.loop = loop;
    this.listener = listener;
  }

  HolderId holder() {
    return holder;
  }

  @Override
  public void operate(LeaseOperation operation) {
    bank.ask(operation);
  }

  @Override
  public void compare(HolderId ignored, long number) {
    bank.compare(this, number);
  }

  @Override
  public void forked(HolderId twin) {
    bank.fork(twin);
  }

  @Override
  public void wallet(UserWallet.Owner owner, Instant at) {
    bank.wallets().ask(this, owner, at);
  }

  @Override
  public void gather(GrantGathering.Wish wish) {
    bank.gather(this, wish);
  }

  void tell(Consumer<BankListener> what) {
    try {
      loop.execute(() -> what.accept(listener));
    } catch (RejectedExecutionException e) {
      LOG.debug("the shard {} has ended", holder);
    }
  }
}

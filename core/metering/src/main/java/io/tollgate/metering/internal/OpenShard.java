package io.tollgate.metering.internal;

import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogStorage;
import io.tollgate.metering.internal.meterlog.LogWriter;
import io.tollgate.metering.internal.settlement.SettlementDriver;
import io.tollgate.metering.internal.shard.PassageShard;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A shard's log, waiting for its loop; from then on the way to the shard from other threads. */
final class OpenShard {
  private final LogIdentity identity;
  private final LogStorage storage;
  private final LogWriter writer;
  private final AtomicBoolean ticking = new AtomicBoolean();
  private volatile @Nullable Joined joined;
  private int sincePoke;

  private record Joined(PassageShard shard, Executor loop, SettlementDriver driver) {}

  OpenShard(LogIdentity identity, LogStorage storage, LogWriter writer) {
    this.identity = identity;
    this.storage = storage;
    this.writer = writer;
  }

  HolderId id() {
    return new HolderId(identity.log());
  }

  LogIdentity identity() {
    return identity;
  }

  LogStorage storage() {
    return storage;
  }

  LogWriter writer() {
    return writer;
  }

  /**
   * @param driver is told when there is enough to settle
   */
  void joined(PassageShard shard, Executor loop, SettlementDriver driver) {
    if (joined != null) {
      throw new IllegalStateException(
          "loop " + identity.shard() + " has joined already (expected: once)");
    }
    joined = new Joined(shard, loop, driver);
  }

  /** Lets time pass on the loop; left out when the last time has not come to its turn yet. */
  void tick() {
    Joined present = joined;
    if (present == null || !ticking.compareAndSet(false, true)) {
      return;
    }
    present.loop.execute(
        () -> {
          ticking.set(false);
          present.shard.tick();
        });
  }

  /** A result is in the log. Called on the loop. */
  void recorded() {
    Joined present = joined;
    if (present == null) {
      return;
    }
    boolean enough = ++sincePoke >= SettlementDriver.POKE_RECORDS / 2;
    if (enough || present.driver.isResting()) {
      sincePoke = 0;
      present.driver.poke();
    }
  }

  PassageShard.Seen seen() {
    Joined present = joined;
    return present == null ? new PassageShard.Seen(0, 0, false) : present.shard.seen();
  }

  /** Passages under way, as the loop knows it now; more than none when the loop does not answer. */
  int openPassages() {
    Joined present = joined;
    if (present == null) {
      return 0;
    }
    CompletableFuture<Integer> answer = new CompletableFuture<>();
    present.loop.execute(() -> answer.complete(present.shard.openPassages()));
    try {
      return answer.get(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
      return 1;
    }
  }
}

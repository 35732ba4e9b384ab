package io.tollgate.metering.internal.simulation.passage;

import io.tollgate.ground.AccountId;
import io.tollgate.metering.internal.crash.CrashPoints;
import io.tollgate.metering.internal.lease.HolderId;
import io.tollgate.metering.internal.lease.LeaseOperation;
import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogWriter;
import io.tollgate.metering.internal.settlement.LogSettlement;
import io.tollgate.metering.internal.shard.BankListener;
import io.tollgate.metering.internal.shard.GrantGathering;
import io.tollgate.metering.internal.shard.PassageShard;
import io.tollgate.metering.internal.shard.ShardBank;
import io.tollgate.metering.internal.shard.ShardTerms;
import io.tollgate.metering.internal.shard.UserWallet;
import io.tollgate.metering.internal.simulation.Network;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** One event loop of a gateway: its shard, its log, what is queued for it, its requests. */
final class Lane {
  private static final int MAX_PASSAGES = 50;
  private static final int MAX_WALLETS = 10;

  /** Tells twins apart, whose logs have one id. */
  final int number;

  final LogIdentity identity;
  final LogWriter writer;
  final List<Flight> flights = new ArrayList<>();

  boolean settled;
  boolean closed;
  private final Gateway gateway;
  private final ArrayDeque<Runnable> loop = new ArrayDeque<>();
  private final ArrayDeque<Runnable> disk = new ArrayDeque<>();
  private final ArrayDeque<Runnable> background = new ArrayDeque<>();
  private final PassageShard shard;
  private final LogSettlement settlement;

  Lane(int number, Gateway gateway, LogIdentity identity) throws IOException {
    this.number = number;
    this.gateway = gateway;
    this.identity = identity;
    World world = gateway.world;
    Machine machine = gateway.machine;
    writer =
        LogWriter.begin(
            machine.disk.log(identity.log()),
            identity,
            LogWriter.MIN_SEGMENT_BYTES,
            background::add);
    settlement =
        LogSettlement.live(identity, machine.disk.log(identity.log()), gateway.line, gateway.line);
    shard =
        new PassageShard(
            new HolderId(identity.log()),
            new ShardTerms(world.setup.durability(), MAX_PASSAGES, MAX_WALLETS),
            World.TERMS,
            this::bank,
            writer,
            loop::add,
            disk::add,
            new Random(number),
            () -> world.wallClock(machine),
            () -> world.now,
            CrashPoints.NONE,
            _ -> gateway.ending = true,
            () -> {});
  }

  private ShardBank bank(BankListener listener) {
    Network<Message> network = gateway.world.network;
    return new ShardBank() {
      @Override
      public void operate(LeaseOperation operation) {
        boolean asks = gateway.world.rules.contains(PassageRule.SAME_LEG_FIRST);
        if (!asks && operation.need() > 0 && flights.stream().anyMatch(Flight::isSettling)) {
          return;
        }
        network.send(new Message.Operate(number, operation));
      }

      @Override
      public void compare(HolderId holder, long comparison) {
        network.send(new Message.Compare(number, holder, comparison));
      }

      @Override
      public void forked(HolderId holder) {
        network.send(new Message.Forked(holder));
      }

      @Override
      public void gather(GrantGathering.Wish wish) {
        throw new IllegalStateException("users have few grants here");
      }

      @Override
      public void wallet(UserWallet.Owner owner, Instant at) {
        network.send(new Message.AskWallet(number, owner));
      }
    };
  }

  PassageShard shard() {
    return shard;
  }

  boolean isEnding() {
    return gateway.ending;
  }

  Machine machine() {
    return gateway.machine;
  }

  LogSettlement settlement() {
    return settlement;
  }

  UUID id() {
    return identity.log();
  }

  boolean isBusy() {
    return !loop.isEmpty() || !disk.isEmpty() || !background.isEmpty();
  }

  /** Runs one task of those that are queued; the choice is among the threads they are for. */
  void work(int choice) {
    for (int i = 0; i < 3; i++) {
      Runnable task = queue((choice + i) % 3).poll();
      if (task != null) {
        gateway.world.steps++;
        task.run();
        return;
      }
    }
  }

  private ArrayDeque<Runnable> queue(int which) {
    return switch (which) {
      case 0 -> loop;
      case 1 -> disk;
      default -> background;
    };
  }

  void recalled(AccountId account) {
    shard.recalled(account);
  }
}

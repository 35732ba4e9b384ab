package io.tollgate.metering.internal;

import io.tollgate.metering.Durability;
import io.tollgate.metering.MeteringSetup;
import io.tollgate.metering.MeteringStartException;
import io.tollgate.metering.internal.crash.CrashPoint;
import io.tollgate.metering.internal.crash.CrashPoints;
import io.tollgate.metering.internal.database.books.DatabaseSettlement;
import io.tollgate.metering.internal.database.register.DatabaseRegister;
import io.tollgate.metering.internal.meterlog.FileLogShelf;
import io.tollgate.metering.internal.meterlog.LogCursor;
import io.tollgate.metering.internal.meterlog.LogIdentity;
import io.tollgate.metering.internal.meterlog.LogShelf;
import io.tollgate.metering.internal.meterlog.LogStorage;
import io.tollgate.metering.internal.meterlog.LogWriter;
import io.tollgate.metering.internal.settlement.DamagedLog;
import io.tollgate.metering.internal.settlement.LogRegister;
import io.tollgate.metering.internal.settlement.LogSettlement;
import io.tollgate.metering.internal.settlement.OldLogs;
import io.tollgate.metering.internal.settlement.RecoveryPlan.Circumstances;
import io.tollgate.metering.internal.settlement.SettlementBook;
import io.tollgate.metering.internal.settlement.SettlementDriver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The meter logs of a process that starts: what earlier ones have left is taken over first, then
 * there is a new log for each event loop.
 *
 * @param driver settles both, once told to
 * @param shards one for each event loop
 * @param disk the thread that writes and forces what no event loop may wait for
 * @param backlog of earlier processes, to be settled
 */
record OpenedLogs(
    SettlementDriver driver,
    List<OpenShard> shards,
    ExecutorService disk,
    List<LogSettlement> backlog) {
  OpenedLogs {
    shards = List.copyOf(shards);
    backlog = List.copyOf(backlog);
  }

  /**
   * Opens them.
   *
   * @throws MeteringStartException when an earlier log cannot be trusted
   */
  static OpenedLogs open(MeteringSetup setup, CrashPoints crashPoints) {
    LogRegister register =
        new DatabaseRegister(
            setup.transactions(),
            setup.ledger(),
            setup.quotes(),
            setup.clock(),
            setup.directoryId());
    SettlementBook book =
        new CrashingBook(
            new DatabaseSettlement(
                setup.transactions(),
                setup.ledger(),
                setup.quotes(),
                setup.listeners(),
                setup.clock()),
            crashPoints);
    UUID boot = BootId.current();
    LogShelf shelf = FileLogShelf.of(setup.directory());
    OldLogs old =
        new OldLogs(
            shelf,
            register,
            book,
            new Circumstances(
                register.ledger(),
                boot,
                setup.config().durability() == Durability.DISK,
                setup.clock().instant()));
    SettlementDriver driver =
        new SettlementDriver(
            old, setup.clock(), setup.config().keepLogs(), fault -> setup.onFault().accept(fault));
    ExecutorService disk =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("meter-log-disk").daemon().factory());
    try {
      List<LogSettlement> backlog = recover(old, crashPoints);
      List<OpenShard> shards = new ArrayList<>();
      for (int loop = 0; loop < setup.loops(); loop++) {
        OpenShard shard = begin(setup, shelf, register, boot, loop, disk);
        driver.add(
            LogSettlement.live(shard.identity(), shard.storage(), register, book), shard.writer());
        shards.add(shard);
      }
      return new OpenedLogs(driver, shards, disk, backlog);
    } catch (IOException e) {
      throw new UncheckedIOException("the meter logs cannot be used: " + e, e);
    }
  }

  /** Begins to settle. */
  void settle() {
    driver.start(backlog);
  }

  private static List<LogSettlement> recover(OldLogs old, CrashPoints crashPoints)
      throws IOException {
    crashPoints.reach(CrashPoint.RECOVERY_PLANNED);
    try {
      List<LogSettlement> backlog = old.recover();
      crashPoints.reach(CrashPoint.RECOVERY_COMMITTED);
      return backlog;
    } catch (DamagedLog e) {
      throw new MeteringStartException(String.valueOf(e.getMessage()), e);
    }
  }

  private static OpenShard begin(
      MeteringSetup setup,
      LogShelf shelf,
      LogRegister register,
      UUID boot,
      int loop,
      Executor background)
      throws IOException {
    UUID log = UUID.randomUUID();
    LogIdentity identity = new LogIdentity(register.ledger(), log, setup.incarnation(), boot, loop);
    LogStorage storage = shelf.log(log);
    LogWriter writer =
        LogWriter.begin(storage, identity, setup.config().segmentBytes(), background);
    register.enter(identity, LogCursor.start(identity.log()));
    return new OpenShard(identity, storage, writer);
  }
}

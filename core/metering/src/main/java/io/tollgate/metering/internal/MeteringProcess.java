package io.tollgate.metering.internal;

import io.tollgate.data.Transaction;
import io.tollgate.data.Transactions;
import io.tollgate.data.UpgradeCheck;
import io.tollgate.ground.AccountId;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.Ledger;
import io.tollgate.metering.AccountCostQueries;
import io.tollgate.metering.BookingListeners;
import io.tollgate.metering.DeferredCharges;
import io.tollgate.metering.InDoubt;
import io.tollgate.metering.LeaseAdmin;
import io.tollgate.metering.LeasedUnits;
import io.tollgate.metering.Metering;
import io.tollgate.metering.MeteringConfig;
import io.tollgate.metering.MeteringSetup;
import io.tollgate.metering.Passages;
import io.tollgate.metering.QuoteBook;
import io.tollgate.metering.UnbookedCharges;
import io.tollgate.metering.UsageQueries;
import io.tollgate.metering.internal.audit.UsageChecks;
import io.tollgate.metering.internal.crash.CrashPoints;
import io.tollgate.metering.internal.database.bank.DatabaseBank;
import io.tollgate.metering.internal.database.bank.DebtPayments;
import io.tollgate.metering.internal.database.books.StoredAccountCosts;
import io.tollgate.metering.internal.database.books.StoredUsage;
import io.tollgate.metering.internal.database.register.IncarnationTable;
import io.tollgate.metering.internal.database.register.OtherBuildLogs;
import io.tollgate.metering.internal.deferred.StoredDeferred;
import io.tollgate.metering.internal.doubt.DoubtRecovery;
import io.tollgate.metering.internal.doubt.InDoubtWatch;
import io.tollgate.metering.internal.doubt.PassageSettler;
import io.tollgate.metering.internal.doubt.PassageStore;
import io.tollgate.metering.internal.doubt.StoredInDoubt;
import io.tollgate.metering.internal.lease.LeaseTerms;
import io.tollgate.metering.internal.operator.StoredLeasedUnits;
import io.tollgate.metering.internal.operator.StoredLeases;
import io.tollgate.metering.internal.operator.StoredUnbookedCharges;
import io.tollgate.metering.internal.settlement.SettlementDriver;
import io.tollgate.metering.internal.shard.PassageShard;
import io.tollgate.metering.internal.shard.ShardTerms;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Metering while it runs, and how its parts are wired; its logs are opened by {@link OpenedLogs}.
 */
public final class MeteringProcess implements Metering {
  private static final Logger LOG = LoggerFactory.getLogger(MeteringProcess.class);
  private static final int DAYS_AHEAD = 3;

  private final MeteringSetup setup;
  private final IncarnationTable incarnations;
  private final PassageStore store;
  private final DatabaseBank bank;
  private final SettlementDriver driver;
  private final List<OpenShard> shards;
  private final ShardTicker ticker;
  private final InDoubtWatch inDoubt;
  private final DeferredCharges deferred;
  private final ExecutorService disk;
  private final CrashPoints crashPoints;
  private final Backpressure pressure;
  private final int recovered;

  private MeteringProcess(
      MeteringSetup setup,
      IncarnationTable incarnations,
      PassageStore store,
      DatabaseBank bank,
      SettlementDriver driver,
      List<OpenShard> shards,
      ExecutorService disk,
      CrashPoints crashPoints,
      int recovered) {
    this.setup = setup;
    this.incarnations = incarnations;
    this.store = store;
    this.bank = bank;
    this.driver = driver;
    this.shards = shards;
    this.disk = disk;
    this.crashPoints = crashPoints;
    this.recovered = recovered;
    this.pressure =
        new Backpressure(
            setup.config().maxUnsettled(),
            () -> driver.unsettledRecords() + driver.backlogRecords());
    this.ticker = ShardTicker.start(shards, pressure);
    DoubtRecovery doubts = doubts(setup, store, incarnations);
    this.inDoubt = InDoubtWatch.start(setup.transactions(), doubts, setup.clock());
    this.deferred =
        new StoredDeferred(
            setup.transactions(),
            setup.ledger(),
            setup.entitlements(),
            setup.limits(),
            setup.quotes(),
            setup.listeners(),
            store,
            doubts,
            crashPoints,
            setup.clock());
  }

  /** See {@link Metering#start}. */
  public static Metering start(MeteringSetup setup) {
    CrashPoints crashPoints = CrashPoints.of(System.getenv(), Runtime.getRuntime()::halt);
    PassageStore store = new PassageStore();
    IncarnationTable incarnations = new IncarnationTable();
    setup
        .transactions()
        .write(
            transaction -> {
              Instant now = setup.clock().instant();
              var ended = incarnations.endOthers(transaction, setup.directoryId(), now);
              incarnations.open(transaction, setup.incarnation(), setup.directoryId(), now);
              return ended;
            });
    OpenedLogs logs = OpenedLogs.open(setup, crashPoints);
    int inDoubt = inDoubt(setup, store, incarnations);
    logs.settle();
    DatabaseBank bank =
        new DatabaseBank(
            setup.transactions(),
            setup.ledger(),
            setup.entitlements(),
            setup.limits(),
            setup.notifications(),
            crashPoints);
    MeteringProcess parts =
        new MeteringProcess(
            setup,
            incarnations,
            store,
            bank,
            logs.driver(),
            logs.shards(),
            logs.disk(),
            crashPoints,
            inDoubt);
    parts.prepareDays();
    return parts;
  }

  private static int inDoubt(
      MeteringSetup setup, PassageStore store, IncarnationTable incarnations) {
    return setup
        .transactions()
        .read(tx -> store.countLeftOpen(tx, incarnations.ended(tx, setup.directoryId())));
  }

  private static DoubtRecovery doubts(
      MeteringSetup setup, PassageStore store, IncarnationTable incarnations) {
    return new DoubtRecovery(
        setup.transactions(),
        store,
        incarnations,
        new PassageSettler(setup.ledger(), store, setup.listeners(), setup.clock()),
        setup.quotes(),
        setup.inDoubtRules(),
        setup.clock());
  }

  @Override
  public DeferredCharges deferred() {
    return deferred;
  }

  @Override
  public Passages join(int loop, Executor executor) {
    MeteringConfig config = setup.config();
    OpenShard place = shards.get(loop);
    PassageShard shard =
        new PassageShard(
            place.id(),
            new ShardTerms(
                config.durability(),
                Math.ceilDiv(config.maxPassages(), setup.loops()),
                Math.ceilDiv(config.maxWallets(), setup.loops())),
            LeaseTerms.standard(config.leaseIdle()),
            listener -> bank.join(place.id(), executor, listener),
            place.writer(),
            executor,
            disk,
            setup.random(),
            setup.clock(),
            System::nanoTime,
            crashPoints,
            fault -> setup.onFault().accept(fault),
            place::recorded);
    place.joined(shard, executor, driver);
    return pressure.over(shard);
  }

  /** See {@link Metering#usageQueries}. */
  public static UsageQueries usageQueries() {
    return new StoredUsage();
  }

  /** See {@link Metering#accountCosts}. */
  public static AccountCostQueries accountCosts() {
    return new StoredAccountCosts();
  }

  /** See {@link Metering#inDoubt}. */
  public static InDoubt inDoubt(
      Ledger ledger, QuoteBook quotes, BookingListeners listeners, Clock clock) {
    return new StoredInDoubt(ledger, quotes, listeners, clock);
  }

  /** See {@link Metering#leases}. */
  public static LeaseAdmin leases(Transactions transactions, Ledger ledger, Clock clock) {
    return new StoredLeases(transactions, ledger, clock);
  }

  /** See {@link Metering#unbooked}. */
  public static UnbookedCharges unbooked(
      Transactions transactions, Ledger ledger, QuoteBook quotes, Clock clock) {
    return new StoredUnbookedCharges(transactions, ledger, quotes, clock);
  }

  /** See {@link Metering#auditChecks}. */
  public static List<AuditCheck> auditChecks() {
    return UsageChecks.all();
  }

  /** See {@link Metering#upgradeCheck}. */
  public static UpgradeCheck upgradeCheck() {
    return new OtherBuildLogs();
  }

  /** See {@link Metering#recallLeases}. */
  public static Set<AccountId> recallLeases(Transaction transaction, Set<AccountId> accounts) {
    return DebtPayments.recall(transaction, accounts);
  }

  /** See {@link Metering#leased}. */
  public static Map<AccountId, LeasedUnits> leased(
      Transaction transaction, Collection<AccountId> accounts) {
    return StoredLeasedUnits.of(transaction, accounts);
  }

  /** See {@link Metering#auditReservations}. */
  public static List<String> auditReservations() {
    return UsageChecks.reservations();
  }

  @Override
  public int recovered() {
    return recovered;
  }

  @Override
  public int open() {
    return shards.stream().mapToInt(shard -> shard.seen().open()).sum();
  }

  @Override
  public int leasedAccounts() {
    return shards.stream().mapToInt(shard -> shard.seen().accounts()).sum();
  }

  @Override
  public Optional<String> closedBy() {
    if (shards.stream().anyMatch(shard -> shard.seen().closed())) {
      return Optional.of("this gateway was shut out of its leases: start it anew");
    }
    return pressure.isFull()
        ? Optional.of("too many requests wait to be booked: is the database slow or away?")
        : Optional.empty();
  }

  @Override
  public long unsettledRecords() {
    return driver.unsettledRecords() + driver.backlogRecords();
  }

  @Override
  public Duration settlementLag() {
    return driver.oldestUnsettled();
  }

  @Override
  public long strayResults() {
    return driver.strays();
  }

  @Override
  public long inDoubtRequests() {
    return inDoubt.waiting();
  }

  @Override
  public Duration oldestInDoubt() {
    return inDoubt.oldest();
  }

  @Override
  public void awaitBooked(Duration max) {
    boolean _ = driver.awaitBooked(max);
  }

  @Override
  public void prepareDays() {
    setup
        .transactions()
        .write(
            transaction -> {
              Instant now = setup.clock().instant();
              for (int day = 0; day < DAYS_AHEAD; day++) {
                store.ensurePartition(transaction, now.plus(Duration.ofDays(day)));
              }
              return true;
            });
  }

  @Override
  public void stop(Duration max) {
    long deadline = System.nanoTime() + max.toNanos();
    ticker.close();
    inDoubt.close();
    boolean quiet = true;
    for (OpenShard shard : shards) {
      quiet &= shard.openPassages() == 0;
      bank.leave(shard.id());
    }
    bank.close();
    if (quiet) {
      shards.forEach(shard -> shard.writer().close(setup.clock().instant()));
    }
    // a log that is closed with nothing open ends when it is settled: its leases are free then
    boolean settled = driver.stop(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    if (quiet && settled) {
      setup
          .transactions()
          .write(
              transaction -> {
                incarnations.endCleanly(transaction, setup.incarnation(), setup.clock().instant());
                return true;
              });
    } else {
      LOG.atWarn()
          .addKeyValue("open", open())
          .addKeyValue("unsettled", driver.unsettledRecords())
          .log("ended before everything was settled; the next start does the rest");
    }
    disk.shutdown();
  }
}

package io.tollgate.metering;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.DataModule;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.data.UpgradeCheck;
import io.tollgate.ground.module.EventLoops;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.ground.module.ReadinessCheck;
import io.tollgate.ledger.AuditCheck;
import io.tollgate.ledger.AuditReservation;
import io.tollgate.ledger.LedgerModule;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Metering in this process, as the program opens it; only where requests are let through. */
public final class MeteringModule implements ProgramModule {
  private static final Duration LAST_SETTLEMENTS = Duration.ofSeconds(30);
  private static final Duration PREPARE_EVERY = Duration.ofHours(6);

  private final ExecutorService executor;
  private final Metering metering;

  private MeteringModule(ExecutorService executor, Metering metering) {
    this.executor = requireNonNull(executor, "executor is null");
    this.metering = requireNonNull(metering, "metering is null");
  }

  /**
   * The module's entry.
   *
   * @param ports what the contexts above fill in
   */
  public static ModuleEntry<MeteringModule> entry(Function<ModuleSite, MeteringPorts> ports) {
    return ModuleEntry.of(MeteringModule.class, site -> open(site, ports.apply(site)))
        .with(MeteringConfig.settings())
        .retiring("metering.passages.most", "metering.passages.max")
        .retiring("metering.wallets.most", "metering.wallets.max")
        .retiring("metering.unsettled.most", "metering.unsettled.max")
        .stating(UpgradeCheck.class, List.of(Metering.upgradeCheck()))
        .stating(AuditCheck.class, Metering.auditChecks())
        .stating(
            AuditReservation.class,
            Metering.auditReservations().stream().map(AuditReservation::new).toList());
  }

  private static MeteringModule open(ModuleSite site, MeteringPorts ports) {
    DataModule data = site.module(DataModule.class);
    ExecutorService executor =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("metering-", 0).factory());
    try {
      MeterRegistry registry = site.facility(MeterRegistry.class);
      Metering metering =
          Metering.start(
              new MeteringSetup(
                  MeteringConfig.from(site.settings()),
                  data.transactions(),
                  data.notifications(),
                  site.module(LedgerModule.class).ledger(),
                  ports.entitlements(),
                  ports.limits(),
                  ports.quotes(),
                  ports.inDoubtRules(),
                  new BookingListeners(
                      ports.accountCosts(), new UsageMetrics(registry), ports.events()),
                  executor,
                  data.clock(),
                  site.random(),
                  site.dataDirectory(),
                  DirectoryId.of(site.dataDirectory()),
                  UUID.randomUUID(),
                  site.facility(EventLoops.class).count(),
                  ports.onFault()));
      MeteringMetrics.bind(metering, registry);
      return new MeteringModule(executor, metering);
    } catch (RuntimeException e) {
      executor.shutdown();
      throw e;
    }
  }

  /**
   * Transactions for readers of the books: where this process meters requests, what they have used
   * is booked before each read.
   */
  public static Transactions booksOf(ModuleSite site) {
    Transactions transactions = site.module(DataModule.class).transactions();
    return site.ifOpen(MeteringModule.class)
        .<Transactions>map(module -> new CurrentBooks(transactions, module.metering))
        .orElse(transactions);
  }

  public Metering metering() {
    return metering;
  }

  @Override
  public Offers offers() {
    return Offers.of(ReadinessCheck.class, new ReadinessCheck("metering", metering::closedBy))
        .and(
            RecurringJob.class,
            new RecurringJob("metering.prepare_days", PREPARE_EVERY, metering::prepareDays));
  }

  @Override
  public void close() {
    metering.stop(LAST_SETTLEMENTS);
    executor.shutdown();
  }
}

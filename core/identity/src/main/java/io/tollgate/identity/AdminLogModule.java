package io.tollgate.identity;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.data.DataModule;
import io.tollgate.data.RecurringJob;
import io.tollgate.data.Transactions;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.identity.internal.changes.ChangeRetention;
import io.tollgate.identity.internal.changes.StoredAdminChanges;
import java.time.Duration;
import java.time.InstantSource;

/** Opens the administrators' log for the program. */
public final class AdminLogModule implements ProgramModule {
  private static final Duration TIDYING = Duration.ofHours(1);

  public static final ModuleEntry<AdminLogModule> ENTRY =
      ModuleEntry.of(AdminLogModule.class, AdminLogModule::open)
          .inRole("console")
          .with(AdminLogConfig.settings());

  private final AdminChanges changes;
  private final ChangeRetention retention;

  private AdminLogModule(
      Transactions transactions,
      AdminLogConfig config,
      InstantSource clock,
      MeterRegistry registry) {
    this.changes = new StoredAdminChanges(transactions, clock, config.refusedMax(), registry);
    this.retention = new ChangeRetention(transactions, clock, config.kept());
  }

  private static AdminLogModule open(ModuleSite site) {
    DataModule data = site.module(DataModule.class);
    return new AdminLogModule(
        data.transactions(),
        AdminLogConfig.from(site.settings()),
        data.clock(),
        site.facility(MeterRegistry.class));
  }

  /** Puts it together over a database. */
  public static AdminLogModule over(
      Transactions transactions, AdminLogConfig config, InstantSource clock) {
    return new AdminLogModule(transactions, config, clock, new SimpleMeterRegistry());
  }

  public AdminChanges changes() {
    return changes;
  }

  @Override
  public Offers offers() {
    return Offers.of(
        RecurringJob.class, new RecurringJob("identity.admin_changes", TIDYING, retention::run));
  }
}

package io.tollgate.data;

import static java.util.Objects.requireNonNull;

import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.ground.module.ModuleEntry;
import io.tollgate.ground.module.ModuleSite;
import io.tollgate.ground.module.Offers;
import io.tollgate.ground.module.ProgramModule;
import io.tollgate.ground.module.ReadinessCheck;
import io.tollgate.postgres.DataDirectory;
import java.time.Clock;
import java.util.Optional;

/** Opens the database for the program. */
public final class DataModule implements ProgramModule {
  public static final ModuleEntry<DataModule> ENTRY =
      ModuleEntry.of(DataModule.class, DataModule::open)
          .inEveryProcess()
          .with(DatabaseConfig.settings());

  private final Database database;

  private DataModule(Database database) {
    this.database = requireNonNull(database, "database is null");
  }

  private static DataModule open(ModuleSite site) {
    return new DataModule(
        Database.open(
            DatabaseConfig.from(site.settings()),
            site.facility(DataDirectory.class),
            site.facility(UpgradeChecks.class),
            site.facility(MeterRegistry.class),
            site.random()));
  }

  public Database database() {
    return database;
  }

  public Transactions transactions() {
    return database.transactions();
  }

  /** The database's time, which all processes of an installation go by. */
  public Clock clock() {
    return database.clock();
  }

  public Notifications notifications() {
    return database.notifications();
  }

  /** Tells this process what is committed anywhere. */
  public LiveEvents liveEvents() {
    return database.liveEvents();
  }

  /** The events of users that are still kept. */
  public UserEvents userEvents() {
    return database.userEvents();
  }

  @Override
  public Offers offers() {
    return Offers.of(
        ReadinessCheck.class,
        new ReadinessCheck(
            "database",
            () -> database.isReady() ? Optional.empty() : Optional.of("does not answer")));
  }

  @Override
  public void close() {
    database.close();
  }
}

package io.tollgate.bench.settlement;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tollgate.data.Database;
import io.tollgate.data.DatabaseConfig;
import io.tollgate.ground.config.Setting;
import io.tollgate.ground.config.Settings;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Ledgers;
import io.tollgate.metering.BookingListeners;
import io.tollgate.metering.InDoubtRule;
import io.tollgate.metering.Metering;
import io.tollgate.metering.MeteringConfig;
import io.tollgate.metering.MeteringSetup;
import io.tollgate.metering.Passages;
import io.tollgate.metering.SpendLimits;
import io.tollgate.postgres.DataDirectory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Metering as the program has it, in this process: the same log, the same settlement, the same
 * embedded PostgreSQL with the same durability; only requests do not come over HTTP.
 */
final class OwnMetering implements AutoCloseable {
  private static final Duration LAST_SETTLEMENTS = Duration.ofMinutes(2);

  private final DataDirectory directory;
  private final Database database;
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final ExecutorService loop = Executors.newSingleThreadExecutor();
  private final Ledger ledger;
  private final Metering metering;
  private final Passages passages;

  OwnMetering(Path data) {
    Clock clock = Clock.systemUTC();
    SecureRandom random = new SecureRandom();
    directory = DataDirectory.open(data, clock);
    database =
        Database.open(
            DatabaseConfig.from(defaults(DatabaseConfig.settings()))
                .withStatementTimeout(Duration.ofHours(1)),
            directory,
            new SimpleMeterRegistry(),
            random);
    ledger = Ledgers.create(clock, random);
    metering =
        Metering.start(
            new MeteringSetup(
                MeteringConfig.from(defaults(MeteringConfig.settings())),
                database.transactions(),
                database.notifications(),
                ledger,
                (transaction, tenant, user, now) -> {},
                SpendLimits.NONE,
                FlatPrice::read,
                (transaction, tenant) -> InDoubtRule.CHARGE_INPUT,
                BookingListeners.NOBODY,
                executor,
                clock,
                random,
                directory.path(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                1,
                fault -> {
                  System.err.println("metering has failed: " + fault);
                  Runtime.getRuntime().halt(1);
                }));
    passages = metering.join(0, loop);
    database.start();
  }

  PayingUsers payers() {
    return new PayingUsers(database.transactions(), ledger);
  }

  /** To be used on {@link #loop} only. */
  Passages passages() {
    return passages;
  }

  ExecutorService loop() {
    return loop;
  }

  @Override
  public void close() {
    metering.stop(LAST_SETTLEMENTS);
    loop.shutdown();
    executor.shutdown();
    database.close();
    directory.close();
  }

  private static Settings defaults(List<Setting<?>> known) {
    return Settings.merge(known, Map.of(), Map.of(), Map.of(), Map.of(), "none");
  }
}

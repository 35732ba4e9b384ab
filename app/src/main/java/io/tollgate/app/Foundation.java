package io.tollgate.app;

import io.tollgate.billing.BillingConfig;
import io.tollgate.billing.BillingModule;
import io.tollgate.billing.PriceTable;
import io.tollgate.data.Database;
import io.tollgate.data.DatabaseConfig;
import io.tollgate.data.Transactions;
import io.tollgate.ground.config.Settings;
import io.tollgate.identity.IdentityConfig;
import io.tollgate.identity.IdentityModule;
import io.tollgate.identity.MasterKey;
import io.tollgate.ledger.Ledger;
import io.tollgate.ledger.Ledgers;
import io.tollgate.postgres.DataDirectory;
import io.tollgate.telemetry.LogConfig;
import io.tollgate.telemetry.Logs;
import io.tollgate.telemetry.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every role stands on: the data directory, logs, metrics, the database and the contexts over
 * it. Closing it undoes everything in the opposite order.
 */
final class Foundation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Foundation.class);

  private final Deque<AutoCloseable> opened;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final DataDirectory directory;
  private final Metrics metrics;
  private final Database database;
  private final MasterKey masterKey;
  private final IdentityModule identity;
  private final Ledger ledger;
  private final PriceTable prices;
  private final BillingModule billing;

  private Foundation(Deque<AutoCloseable> opened, Settings settings, Path dataDirectory) {
    this.opened = opened;
    directory = opened(DataDirectory.open(dataDirectory, Clock.systemUTC()));
    opened(openLogs(settings));
    metrics = opened(Metrics.ofProcess());
    prices = PriceTable.load(BillingConfig.from(settings));
    database =
        opened(Database.open(DatabaseConfig.from(settings), directory, metrics.registry(), random));
    clock = database.clock();
    IdentityConfig identityConfig = IdentityConfig.from(settings);
    masterKey = MasterKey.load(identityConfig, directory.path().resolve("master.key"), random);
    identity =
        new IdentityModule(
            database.transactions(), clock, System::nanoTime, random, identityConfig, masterKey);
    identity.follow(database.notifications());
    identity.bindTo(metrics.registry());
    ledger = Ledgers.create(clock, random);
    billing =
        new BillingModule(
            database.transactions(),
            ledger,
            Ledgers.queries(),
            identity.tenants(),
            identity.users(),
            identity.apiKeys(),
            identity.serviceTokens(),
            BillingConfig.from(settings).grantLimits(),
            clock);
  }

  /** Opens everything; what was opened is closed again when the rest does not open. */
  static Foundation open(Settings settings, Path dataDirectory) {
    Deque<AutoCloseable> opened = new ArrayDeque<>();
    try {
      return new Foundation(opened, settings, dataDirectory);
    } catch (RuntimeException e) {
      closeAll(opened);
      throw e;
    }
  }

  Clock clock() {
    return clock;
  }

  SecureRandom random() {
    return random;
  }

  Path dataDirectory() {
    return directory.path();
  }

  Metrics metrics() {
    return metrics;
  }

  Database database() {
    return database;
  }

  Transactions transactions() {
    return database.transactions();
  }

  MasterKey masterKey() {
    return masterKey;
  }

  IdentityModule identity() {
    return identity;
  }

  Ledger ledger() {
    return ledger;
  }

  PriceTable prices() {
    return prices;
  }

  BillingModule billing() {
    return billing;
  }

  /** Has it closed before everything that was opened earlier. */
  <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  @Override
  public void close() {
    closeAll(opened);
  }

  private static void closeAll(Deque<AutoCloseable> opened) {
    while (!opened.isEmpty()) {
      AutoCloseable part = opened.pop();
      try {
        part.close();
      } catch (Exception e) {
        LOG.atError().setCause(e).addKeyValue("part", part.getClass()).log("did not close");
      }
    }
  }

  private Logs openLogs(Settings settings) {
    try {
      return Logs.open(directory.path().resolve("logs"), LogConfig.from(settings));
    } catch (IOException e) {
      throw new StartException("the log folder cannot be used: " + e);
    }
  }
}

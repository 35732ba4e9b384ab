package io.tollgate.data;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.internal.ClockContact;
import io.tollgate.data.internal.ClusterLock;
import io.tollgate.data.internal.ConnectionPool;
import io.tollgate.data.internal.DatabaseLogin;
import io.tollgate.data.internal.DatabaseScheduler;
import io.tollgate.data.internal.EmbeddedDatabase;
import io.tollgate.data.internal.EventTail;
import io.tollgate.data.internal.ExternalDatabase;
import io.tollgate.data.internal.ListeningConnection;
import io.tollgate.data.internal.Migrations;
import io.tollgate.data.internal.OutboxDispatcher;
import io.tollgate.data.internal.PooledTransactions;
import io.tollgate.data.internal.ServerMeters;
import io.tollgate.data.internal.StoredUserEvents;
import io.tollgate.data.internal.TransactionMeters;
import io.tollgate.data.internal.WakeSignal;
import io.tollgate.data.internal.WorkerThreads;
import io.tollgate.postgres.DataDirectory;
import io.tollgate.postgres.EmbeddedPostgres;
import io.tollgate.postgres.PostgresOptions;
import io.tollgate.postgres.RunningPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database of an installation: the server (ours or one's own), migrated, with its pool. Made
 * once per process; close it after everything that uses it.
 */
public final class Database implements AutoCloseable {
  private final @Nullable EmbeddedPostgres server;
  private final HikariDataSource pool;
  private final Transactions transactions;
  private final OutboxDispatcher outbox;
  private final EventTail tail;
  private final WorkerThreads following = new WorkerThreads("events");
  private final DatabaseScheduler scheduler;
  private final ListeningConnection notifications;
  private final ClockContact clock;
  private final UserEvents userEvents = new StoredUserEvents();

  // kept, as meters hold it loosely
  @SuppressWarnings("unused")
  private final ServerMeters serverMeters;

  private Database(
      @Nullable EmbeddedPostgres server,
      DatabaseLogin application,
      HikariDataSource pool,
      DatabaseConfig config,
      MeterRegistry registry,
      RandomGenerator random) {
    this.server = server;
    this.pool = pool;
    WakeSignal published = new WakeSignal();
    ClusterLock lock = new ClusterLock(pool);
    this.transactions =
        new PooledTransactions(pool, random, new TransactionMeters(registry), published::raise);
    this.serverMeters = new ServerMeters(transactions, registry);
    this.outbox = new OutboxDispatcher(transactions, lock, published, registry, config.events());
    this.tail = new EventTail(transactions, published, registry);
    this.scheduler = new DatabaseScheduler(transactions, lock, registry);
    this.notifications = new ListeningConnection(application);
    this.clock = new ClockContact(transactions);
    scheduler.schedule(outbox.cleanUp());
  }

  /**
   * Starts the embedded server, or connects to the one that is configured, and migrates it.
   *
   * @param directory where the embedded server keeps its data; must outlive this
   * @param random spreads retries in time
   * @throws io.tollgate.postgres.PostgresException when the embedded server does not start
   * @throws DatabaseException when the database cannot be used as it is
   */
  public static Database open(
      DatabaseConfig config,
      DataDirectory directory,
      MeterRegistry registry,
      RandomGenerator random) {
    return open(config, directory, UpgradeChecks.NONE, registry, random);
  }

  /**
   * The same.
   *
   * @param checks asked before the database is migrated; what they throw is thrown here, with
   *     nothing changed
   */
  public static Database open(
      DatabaseConfig config,
      DataDirectory directory,
      UpgradeChecks checks,
      MeterRegistry registry,
      RandomGenerator random) {
    Upgrade upgrade = new Upgrade(checks, directory.path());
    Optional<String> url = config.url();
    if (url.isPresent()) {
      DatabaseLogin login = new DatabaseLogin(url.get(), config.user(), config.password());
      ExternalDatabase.prepare(login);
      return open(null, login, login, upgrade, config, registry, random);
    }
    EmbeddedPostgres server =
        EmbeddedPostgres.start(
            directory, PostgresOptions.durable(config.embeddedPort(), config.poolSize() + 20));
    try {
      EmbeddedDatabase database = EmbeddedDatabase.prepare(server);
      return open(
          server, database.owner(), database.application(), upgrade, config, registry, random);
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  /**
   * Connects to a configured database that is migrated already, and changes nothing in it: for
   * tools and tests.
   *
   * @param config with a URL
   */
  public static Database attach(
      DatabaseConfig config, MeterRegistry registry, RandomGenerator random) {
    String url =
        config.url().orElseThrow(() -> new IllegalArgumentException("attach needs a postgres.url"));
    return pooled(
        null, new DatabaseLogin(url, config.user(), config.password()), config, registry, random);
  }

  /**
   * Connects to the embedded database of a data directory that another process has opened: for
   * tools that look at the books while they are in use. Nothing is migrated.
   *
   * @return nothing when no server runs there
   */
  public static Optional<Database> attachRunning(
      Path dataDirectory, DatabaseConfig config, MeterRegistry registry, RandomGenerator random) {
    return RunningPostgres.find(dataDirectory)
        .map(
            server ->
                pooled(
                    null,
                    new DatabaseLogin(
                        server.jdbcUrl(EmbeddedDatabase.NAME),
                        Optional.of(EmbeddedPostgres.SUPERUSER),
                        Optional.of(server.password())),
                    config,
                    registry,
                    random));
  }

  /** Runs work in transactions. */
  public Transactions transactions() {
    return transactions;
  }

  /** Where subscribers to events are added, before {@link #start}. */
  public Outbox outbox() {
    return outbox;
  }

  /** Tells this process what is committed anywhere. */
  public LiveEvents liveEvents() {
    return tail;
  }

  /** The events of users that are still kept. */
  public UserEvents userEvents() {
    return userEvents;
  }

  /** Where recurring jobs are added, before {@link #start}. */
  public JobScheduler scheduler() {
    return scheduler;
  }

  /** Hears what transactions notify of; each process that listens hears all of it. */
  public Notifications notifications() {
    return notifications;
  }

  /** The database's time, kept from {@link #start} on. */
  public DatabaseClock clock() {
    return clock.clock();
  }

  /** Begins to deliver events and to run jobs. Once, when all that takes part is ready. */
  public void start() {
    outbox.start();
    following.start(List.of(tail));
    scheduler.start();
    clock.start();
  }

  /** Connections of the pool, for what needs JDBC itself. Auto-commit is off. */
  public DataSource dataSource() {
    return pool;
  }

  /** Whether the database answers now; for readiness. Blocks at most for the pool's wait. */
  public boolean isReady() {
    try {
      return transactions.read(
          transaction -> transaction.sql().fetchOptional("SELECT 1").isPresent());
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** Stops jobs and deliveries, then the pool, then the embedded server. */
  @Override
  public void close() {
    clock.stop();
    scheduler.stop();
    outbox.stop();
    following.join();
    notifications.close();
    pool.close();
    if (server != null) {
      server.close();
    }
  }

  /** What is asked before a migration. */
  private record Upgrade(UpgradeChecks checks, Path directory) {
    void look(Connection owner) throws SQLException {
      for (UpgradeCheck check : checks.all()) {
        check.look(owner, directory);
      }
    }
  }

  private static Database open(
      @Nullable EmbeddedPostgres server,
      DatabaseLogin owner,
      DatabaseLogin application,
      Upgrade upgrade,
      DatabaseConfig config,
      MeterRegistry registry,
      RandomGenerator random) {
    Migrations.run(owner, upgrade::look);
    return pooled(server, application, config, registry, random);
  }

  private static Database pooled(
      @Nullable EmbeddedPostgres server,
      DatabaseLogin application,
      DatabaseConfig config,
      MeterRegistry registry,
      RandomGenerator random) {
    return new Database(
        server,
        application,
        ConnectionPool.open(application, config, registry),
        config,
        registry,
        random);
  }
}

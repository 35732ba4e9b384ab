package io.tollgate.data.internal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.pool.HikariPool;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tollgate.data.DatabaseConfig;
import io.tollgate.data.DatabaseException;
import java.sql.Connection;
import java.time.Duration;
import java.util.function.ToDoubleFunction;

/** The one pool of connections. */
public final class ConnectionPool {
  /**
   * A process that stands still inside a transaction keeps its row locks for so long. Nothing of
   * ours waits between two statements but for the processor.
   */
  private static final Duration IDLE_IN_TRANSACTION = Duration.ofSeconds(5);

  /** Of every connection that comes from the pool, whatever the server's default is. */
  static final int ISOLATION = Connection.TRANSACTION_READ_COMMITTED;

  private ConnectionPool() {}

  /** Opens the pool as the given login; every connection works as the application's role. */
  public static HikariDataSource open(
      DatabaseLogin login, DatabaseConfig config, MeterRegistry registry) {
    HikariConfig hikari = new HikariConfig();
    hikari.setPoolName("postgres");
    hikari.setJdbcUrl(login.url());
    login.user().ifPresent(hikari::setUsername);
    login.password().ifPresent(hikari::setPassword);
    hikari.setAutoCommit(false);
    hikari.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
    hikari.setMaximumPoolSize(config.poolSize());
    hikari.setMinimumIdle(Math.min(4, config.poolSize()));
    hikari.setConnectionTimeout(config.poolWait().toMillis());
    // the driver asks for the machine's own zone; days are UTC days everywhere
    hikari.setConnectionInitSql("SET TIME ZONE 'UTC'");
    hikari.setIsolateInternalQueries(true);
    hikari.addDataSourceProperty("ApplicationName", "tollgate");
    hikari.addDataSourceProperty("reWriteBatchedInserts", "true");
    hikari.addDataSourceProperty("tcpKeepAlive", "true");
    hikari.addDataSourceProperty("connectTimeout", "5");
    // longer than any statement may take: what waits beyond it waits for a dead server
    long socketTimeoutSeconds = config.statementTimeout().toSeconds() + 15;
    hikari.addDataSourceProperty("socketTimeout", Long.toString(socketTimeoutSeconds));
    hikari.addDataSourceProperty(
        "options",
        "-c role="
            + Migrations.APPLICATION_ROLE
            + " -c statement_timeout="
            + config.statementTimeout().toMillis()
            + " -c idle_in_transaction_session_timeout="
            + IDLE_IN_TRANSACTION.toMillis());
    HikariDataSource pool = connected(hikari);
    gauge(registry, pool, "active", HikariPoolMXBean::getActiveConnections);
    gauge(registry, pool, "idle", HikariPoolMXBean::getIdleConnections);
    gauge(registry, pool, "waiting", HikariPoolMXBean::getThreadsAwaitingConnection);
    return pool;
  }

  private static HikariDataSource connected(HikariConfig config) {
    try {
      return new HikariDataSource(config);
    } catch (HikariPool.PoolInitializationException e) {
      throw new DatabaseException("the database cannot be worked with: " + e.getMessage(), e);
    }
  }

  private static void gauge(
      MeterRegistry registry,
      HikariDataSource pool,
      String state,
      ToDoubleFunction<HikariPoolMXBean> value) {
    Gauge.builder(
            "tollgate.postgres.connections",
            pool,
            source -> {
              HikariPoolMXBean bean = source.getHikariPoolMXBean();
              return bean == null ? 0 : value.applyAsDouble(bean);
            })
        .description("connections of the pool; waiting: callers that wait for one")
        .tag("state", state)
        .register(registry);
  }
}

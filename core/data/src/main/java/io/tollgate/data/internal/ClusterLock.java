package io.tollgate.data.internal;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.data.DatabaseException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Locks that one process of the cluster holds at a time: PostgreSQL's session locks, which go with
 * the connection however its process ends, and which, unlike a locked row, keep no transaction open
 * (an open one would hold back the outbox).
 */
public final class ClusterLock {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterLock.class);

  private final HikariDataSource pool;

  public ClusterLock(HikariDataSource pool) {
    this.pool = requireNonNull(pool, "pool is null");
  }

  /**
   * Takes the lock unless another session has it. Holds one connection of the pool until closed.
   *
   * @throws DatabaseException when the database does not answer
   */
  Optional<Held> tryTake(String name) {
    Connection connection = null;
    try {
      connection = pool.getConnection();
      connection.setAutoCommit(true);
      if (call(connection, "SELECT pg_try_advisory_lock(hashtextextended(?, 0))", name)) {
        return Optional.of(new Held(pool, connection, name));
      }
      connection.close();
      return Optional.empty();
    } catch (SQLException e) {
      if (connection != null) {
        pool.evictConnection(connection);
      }
      throw new DatabaseException("cannot take the lock " + name + ": " + e.getMessage(), e);
    }
  }

  private static boolean call(Connection connection, String statement, String name)
      throws SQLException {
    try (PreparedStatement prepared = connection.prepareStatement(statement)) {
      prepared.setString(1, "tollgate:" + name);
      try (ResultSet rows = prepared.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    }
  }

  /** A lock that is held. */
  static final class Held implements AutoCloseable {
    private final HikariDataSource pool;
    private final Connection connection;
    private final String name;

    private Held(HikariDataSource pool, Connection connection, String name) {
      this.pool = pool;
      this.connection = connection;
      this.name = name;
    }

    @Override
    public void close() {
      try {
        if (!call(connection, "SELECT pg_advisory_unlock(hashtextextended(?, 0))", name)) {
          LOG.warn("the lock {} was not held any more", name);
        }
        connection.close();
      } catch (SQLException e) {
        // the session is gone, or its state unknown: end it, and the lock with it
        LOG.info("cannot release the lock {}: {}", name, e.getMessage());
        pool.evictConnection(connection);
      }
    }
  }
}

package io.tollgate.data.internal;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariDataSource;
import io.tollgate.data.DatabaseException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Locks that one process of the cluster holds at a time: PostgreSQL's session locks, which go with
 * the connection however its process ends, and which, unlike a locked row, keep no transaction open
 * (an open one would hold back the outbox). All that a process holds are of one session: as many
 * connections as there are jobs would leave none for the work of those jobs. Safe for use by many
 * threads.
 */
public final class ClusterLock {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterLock.class);
  private static final String TAKE = "SELECT pg_try_advisory_lock(hashtextextended(?, 0))";
  private static final String GIVE = "SELECT pg_advisory_unlock(hashtextextended(?, 0))";

  private final HikariDataSource pool;
  private final ReentrantLock guard = new ReentrantLock();
  // a session may take its own lock once more: those of this process are kept apart here
  private final Set<String> held = new HashSet<>();
  private @Nullable Connection session;

  public ClusterLock(HikariDataSource pool) {
    this.pool = requireNonNull(pool, "pool is null");
  }

  /**
   * Takes the lock unless somebody has it, in this process or another. While any is held, one
   * connection of the pool is.
   *
   * @throws DatabaseException when the database does not answer
   */
  Optional<Held> tryTake(String name) {
    guard.lock();
    try {
      if (held.contains(name)) {
        return Optional.empty();
      }
      Connection connection = session();
      if (!call(connection, TAKE, name)) {
        rest();
        return Optional.empty();
      }
      held.add(name);
      return Optional.of(new Held(this, connection, name));
    } catch (SQLException e) {
      end();
      throw new DatabaseException("cannot take the lock " + name + ": " + e.getMessage(), e);
    } finally {
      guard.unlock();
    }
  }

  private void release(Connection takenBy, String name) {
    guard.lock();
    try {
      held.remove(name);
      if (session != takenBy) {
        LOG.warn("the lock {} was not held any more", name);
        return;
      }
      if (!call(takenBy, GIVE, name)) {
        LOG.warn("the lock {} was not held any more", name);
      }
      rest();
    } catch (SQLException e) {
      // the session is gone, or its state unknown: end it, and the locks with it
      LOG.info("cannot release the lock {}: {}", name, e.getMessage());
      end();
    } finally {
      guard.unlock();
    }
  }

  private Connection session() throws SQLException {
    Connection open = session;
    if (open == null) {
      open = pool.getConnection();
      open.setAutoCommit(true);
      session = open;
    }
    return open;
  }

  /** Gives the connection back when nothing is held. */
  private void rest() throws SQLException {
    Connection open = session;
    if (open != null && held.isEmpty()) {
      session = null;
      open.close();
    }
  }

  private void end() {
    Connection open = session;
    session = null;
    if (open != null) {
      pool.evictConnection(open);
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
    private final ClusterLock lock;
    private final Connection takenBy;
    private final String name;

    private Held(ClusterLock lock, Connection takenBy, String name) {
      this.lock = lock;
      this.takenBy = takenBy;
      this.name = name;
    }

    @Override
    public void close() {
      lock.release(takenBy, name);
    }
  }
}

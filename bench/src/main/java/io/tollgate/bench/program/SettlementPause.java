package io.tollgate.bench.program;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Keeps settlement of the running logs waiting, and nothing else: it holds the lock that the first
 * statement of a settlement batch needs. Leases are given meanwhile, as they ask for a weaker one.
 */
public final class SettlementPause implements AutoCloseable {
  private static final String LOCK =
      "SELECT id FROM metering.meter_log WHERE state = 'open' FOR NO KEY UPDATE";

  private final Connection connection;

  private SettlementPause(Connection connection) {
    this.connection = connection;
  }

  /**
   * @param data the data directory of the running program
   */
  public static SettlementPause of(Path data) throws IOException {
    Connection connection = BooksView.connect(data);
    try (PreparedStatement lock = connection.prepareStatement(LOCK)) {
      connection.setAutoCommit(false);
      lock.execute();
      return new SettlementPause(connection);
    } catch (SQLException e) {
      throw new IOException("settlement could not be held back: " + e.getMessage(), e);
    }
  }

  /** Lets settlement go on. */
  @Override
  public void close() {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      // the server is gone, and the lock with it
      System.err.println("held back settlement of a server that has ended: " + e.getMessage());
    }
  }
}

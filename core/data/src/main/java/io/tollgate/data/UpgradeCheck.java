package io.tollgate.data;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Looks whether a database that an older program has used may be brought to this one's schema. An
 * older program refuses a database that was, so what only the older one can do must be done before.
 */
@FunctionalInterface
public interface UpgradeCheck {
  /**
   * Called before anything is changed, and only when there is something to change. The database may
   * also be empty.
   *
   * @param database its owner's connection; only to be read from
   * @param dataDirectory of this process
   * @throws RuntimeException when it may not be; the message says what is to be done first
   */
  void look(Connection database, Path dataDirectory) throws SQLException;
}

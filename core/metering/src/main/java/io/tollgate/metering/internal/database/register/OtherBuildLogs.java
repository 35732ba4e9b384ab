package io.tollgate.metering.internal.database.register;

import io.tollgate.data.UpgradeCheck;
import io.tollgate.metering.MeteringStartException;
import io.tollgate.metering.internal.meterlog.FileLogShelf;
import io.tollgate.metering.internal.meterlog.LogReader;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Refuses an upgrade while the data directory has a meter log that this build cannot read and that
 * is not settled to its end: the build that wrote it can settle it only before the upgrade.
 */
public final class OtherBuildLogs implements UpgradeCheck {
  /** States in which a start reads the log. */
  private static final String UNSETTLED =
      "SELECT 1 FROM metering.meter_log WHERE id = ? AND state IN ('open', 'recovering', 'lost')";

  @Override
  public void look(Connection database, Path dataDirectory) throws SQLException {
    FileLogShelf shelf = FileLogShelf.of(dataDirectory);
    List<String> refused = new ArrayList<>();
    try {
      for (UUID id : shelf.logs()) {
        Optional<String> other = LogReader.otherBuild(shelf.log(id));
        if (other.isPresent() && isUnsettled(database, id)) {
          refused.add("log " + id + ": " + other.get());
        }
      }
    } catch (IOException e) {
      throw new MeteringStartException("meter logs cannot be read: " + e, e);
    }
    if (!refused.isEmpty()) {
      throw new MeteringStartException(
          String.join("\n", refused)
              + "\nAnother build wrote this, its process did not stop in order, and it is not"
              + " settled. Start that build on the data directory once and stop it: it settles what"
              + " the log holds. Nothing has been changed.");
    }
  }

  private static boolean isUnsettled(Connection database, UUID id) throws SQLException {
    try (Statement statement = database.createStatement();
        ResultSet table = statement.executeQuery("SELECT to_regclass('metering.meter_log')")) {
      if (!table.next() || table.getString(1) == null) {
        return false;
      }
    }
    try (PreparedStatement statement = database.prepareStatement(UNSETTLED)) {
      statement.setObject(1, id);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }
}

package io.tollgate.bench.settlement;

import io.tollgate.bench.program.BooksView;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** One transaction for each charge, on the database of a running program, in tables of its own. */
public final class OneByOne {
  /** Connections that charge. */
  public static final int CALLERS = ChargesOneByOne.CALLERS;

  private final Path data;
  private final int accounts;

  private OneByOne(Path data, int accounts) {
    this.data = data;
    this.accounts = accounts;
  }

  /** Makes its tables, with so many payers. */
  public static OneByOne on(Path data, int accounts) throws IOException {
    try (Connection connection = BooksView.connect(data)) {
      PeerTables.make(connection, accounts);
    } catch (SQLException e) {
      throw new IOException("tables for one transaction each: " + e, e);
    }
    return new OneByOne(data, accounts);
  }

  /** Charges for some seconds; how many a second. */
  public double perSecond(int seconds) throws IOException, InterruptedException {
    long begun = System.nanoTime();
    int charged = ChargesOneByOne.run(data, accounts, seconds);
    return charged * 1e9 / (System.nanoTime() - begun);
  }

  /** Takes its tables away. */
  public void remove() throws IOException {
    try (Connection connection = BooksView.connect(data);
        Statement statement = connection.createStatement()) {
      boolean _ = statement.execute("DROP SCHEMA bench CASCADE");
    } catch (SQLException e) {
      throw new IOException("tables for one transaction each: " + e, e);
    }
  }
}

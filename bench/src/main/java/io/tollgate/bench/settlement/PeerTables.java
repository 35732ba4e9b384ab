package io.tollgate.bench.settlement;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Tables of the same form and with the same indexes as the books', for what is compared. */
final class PeerTables {
  static final String ENTRY = "bench.entry";
  static final String USAGE = "bench.usage_record";

  private PeerTables() {}

  static void make(Connection connection, int accounts) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("DROP SCHEMA IF EXISTS bench CASCADE");
      statement.execute("CREATE SCHEMA bench");
      statement.execute("CREATE TABLE bench.entry (LIKE ledger.entry INCLUDING ALL)");
      statement.execute(
          "CREATE TABLE bench.usage_record (LIKE metering.usage_record INCLUDING ALL)");
      statement.execute(
          """
          CREATE TABLE bench.transfer (
            id              uuid PRIMARY KEY,
            idempotency_key text NOT NULL UNIQUE,
            posted_at       timestamptz NOT NULL
          )""");
      statement.execute(
          """
          CREATE TABLE bench.account (
            id          bigint PRIMARY KEY,
            balance     bigint NOT NULL,
            account_seq bigint NOT NULL DEFAULT 0
          ) WITH (fillfactor = 60)""");
      statement.execute(
          "INSERT INTO bench.account (id, balance) SELECT n, 1000000000000000"
              + " FROM generate_series(1, "
              + accounts
              + ") AS n");
      statement.execute(
          "INSERT INTO bench.account (id, balance) SELECT -n, 0 FROM generate_series(1, "
              + ChargesOneByOne.CALLERS
              + ") AS n");
      statement.execute(ChargesOneByOne.FUNCTION);
    }
  }

  static void empty(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("TRUNCATE bench.entry, bench.usage_record, bench.transfer");
      statement.execute("CHECKPOINT");
    }
  }
}

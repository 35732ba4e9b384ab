package io.tollgate.tests.crash;

import io.tollgate.tests.cluster.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Reads the books as they are in the database. */
final class Books {
  private final PostgresServer postgres;

  Books(PostgresServer postgres) {
    this.postgres = postgres;
  }

  /**
   * A usage record.
   *
   * @param inDoubt whether nobody knew what was used, and the tenant's rule decided
   * @param quota tokens paid by quotas
   * @param paid nano units of money taken
   * @param owed nano units that the means did not cover
   */
  record Booked(
      String id,
      String user,
      String model,
      Instant openedAt,
      Usage usage,
      boolean inDoubt,
      long quota,
      long paid,
      long owed) {}

  /** A time of which records may be missing, by the books' own account. */
  record Loss(Instant begins, Instant ends, String why) {
    boolean covers(Instant moment) {
      return !moment.isBefore(begins) && !moment.isAfter(ends);
    }
  }

  /** The usage records of requests opened since, by charge id. */
  Map<String, List<Booked>> since(Instant opened) {
    Map<String, List<Booked>> booked = new HashMap<>();
    query(
        "SELECT charge_id::text, user_id, input_tokens, output_tokens, cached_tokens,"
            + " reasoning_tokens, outcome, quota_tokens, paid, owed, opened_at, model"
            + " FROM metering.usage_record WHERE opened_at >= ?",
        statement -> statement.setObject(1, OffsetDateTime.ofInstant(opened, ZoneOffset.UTC)),
        row ->
            booked
                .computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                .add(
                    new Booked(
                        row.getString(1),
                        row.getString(2),
                        row.getString(12),
                        row.getObject(11, OffsetDateTime.class).toInstant(),
                        new Usage(row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6)),
                        row.getString(7).equals("in_doubt"),
                        row.getLong(8),
                        row.getLong(9),
                        row.getLong(10))));
    return booked;
  }

  /** When requests were opened that wait for somebody to decide about them, by charge id. */
  Map<String, Instant> undecided() {
    Map<String, Instant> opened = new HashMap<>();
    query(
        "SELECT charge_id::text, opened_at FROM metering.passage WHERE in_doubt_since IS NOT NULL",
        statement -> {},
        row -> opened.put(row.getString(1), row.getObject(2, OffsetDateTime.class).toInstant()));
    return opened;
  }

  /** Loss entries noted since. */
  List<Loss> losses(Instant noted) {
    List<Loss> losses = new ArrayList<>();
    query(
        "SELECT begins_at, ends_at, why FROM metering.loss WHERE noted_at >= ?",
        statement -> statement.setObject(1, OffsetDateTime.ofInstant(noted, ZoneOffset.UTC)),
        row ->
            losses.add(
                new Loss(
                    row.getObject(1, OffsetDateTime.class).toInstant(),
                    row.getObject(2, OffsetDateTime.class).toInstant(),
                    row.getString(3))));
    return losses;
  }

  /** Requests that are open and not in doubt. */
  long open() {
    return number("SELECT count(*) FROM metering.passage WHERE in_doubt_since IS NULL");
  }

  /** What is held, over all accounts; a number other than 0 counts. */
  long held() {
    return number("SELECT coalesce(sum(held), 0)::bigint FROM ledger.account");
  }

  /** Sessions that have begun a transaction and asked for nothing for a second. */
  long standingStill() {
    return number(
        "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'"
            + " AND state_change < clock_timestamp() - interval '1 second'");
  }

  /** How many requests opened since are in the books. */
  long booked(Instant opened) {
    List<Long> numbers = new ArrayList<>();
    query(
        "SELECT count(*) FROM metering.usage_record WHERE opened_at >= ?",
        statement -> statement.setObject(1, OffsetDateTime.ofInstant(opened, ZoneOffset.UTC)),
        row -> numbers.add(row.getLong(1)));
    return numbers.getFirst();
  }

  /** What a user has of each asset, less what they owe; smallest units. */
  Map<String, Long> means(String user) {
    Map<String, Long> means = new HashMap<>();
    query(
        "SELECT asset, sum(balance)::bigint FROM ledger.account WHERE owner = ? GROUP BY asset",
        statement -> statement.setString(1, "user:" + user),
        row -> means.put(row.getString(1), row.getLong(2)));
    return means;
  }

  /** The start of a process that runs on a data directory. */
  UUID incarnation(UUID directory) {
    List<UUID> found = new ArrayList<>();
    query(
        "SELECT id FROM metering.incarnation WHERE data_directory = ? AND ended_at IS NULL",
        statement -> statement.setObject(1, directory),
        row -> found.add(row.getObject(1, UUID.class)));
    return found.getFirst();
  }

  /** What of an asset was given up of an incarnation's leases, smallest units. */
  long atRisk(UUID incarnation, String asset) {
    List<Long> units = new ArrayList<>();
    query(
        "SELECT coalesce(sum(r.units), 0)::bigint FROM metering.at_risk r"
            + " JOIN metering.meter_log l ON l.id = r.log"
            + " JOIN ledger.account a ON a.id = r.account_id AND a.shard = 0"
            + " WHERE l.incarnation = ? AND a.asset = ? AND r.cause = 'given_up'",
        statement -> {
          statement.setObject(1, incarnation);
          statement.setString(2, asset);
        },
        row -> units.add(row.getLong(1)));
    return units.getFirst();
  }

  private long number(String sql) {
    List<Long> numbers = new ArrayList<>();
    query(sql, statement -> {}, row -> numbers.add(row.getLong(1)));
    return numbers.getFirst();
  }

  private void query(String sql, Parameters parameters, Row row) {
    try (Connection connection = postgres.connect();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      parameters.set(statement);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          row.read(rows);
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private interface Parameters {
    void set(PreparedStatement statement) throws SQLException;
  }

  private interface Row {
    void read(ResultSet row) throws SQLException;
  }
}

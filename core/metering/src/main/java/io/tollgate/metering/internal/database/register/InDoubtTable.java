package io.tollgate.metering.internal.database.register;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.ground.ChargeId;
import io.tollgate.metering.internal.database.books.UsageColumns;
import io.tollgate.metering.internal.database.books.UsageRows;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.settlement.TakeOver.OpenIntent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Writes open intents of an ended process as passages, for the recovery to resolve by rule. */
final class InDoubtTable {
  private static final String WRITE =
      """
      INSERT INTO metering.passage (charge_id, incarnation, tenant_id, user_id, api_key_id,
                                    platform, model, stream, client_request_id, opened_at, currency,
                                    price_version, estimate_input, estimate_output, progress_input,
                                    progress_output, estimate, progress)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb)
      ON CONFLICT (charge_id) DO NOTHING
      """;

  private static final String KNOWN =
      "SELECT charge_id FROM metering.passage WHERE charge_id = ANY (?::uuid[])";

  private InDoubtTable() {}

  /** Those that are in doubt, or in the books. */
  static Set<ChargeId> known(Connection connection, List<OpenIntent> open) throws SQLException {
    Set<ChargeId> known = new HashSet<>();
    if (open.isEmpty()) {
      return known;
    }
    List<ChargeId> ids = open.stream().map(each -> each.intent().charge()).toList();
    List<Instant> times = open.stream().map(each -> each.intent().at()).sorted().toList();
    known.addAll(UsageRows.known(connection, ids, times.getFirst(), times.getLast()).all());
    try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
      UUID[] values = ids.stream().map(ChargeId::value).toArray(UUID[]::new);
      statement.setArray(1, connection.createArrayOf("uuid", values));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          known.add(new ChargeId(rows.getObject(1, UUID.class)));
        }
      }
    }
    return known;
  }

  /**
   * Writes them in one go.
   *
   * @param currency of a price version
   */
  static void write(
      Connection connection,
      UUID incarnation,
      List<OpenIntent> open,
      Function<String, String> currency)
      throws SQLException {
    if (open.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
      for (OpenIntent each : open) {
        Intent intent = each.intent();
        TokenUsage estimate = intent.estimate();
        statement.setObject(1, intent.charge().value());
        statement.setObject(2, incarnation);
        statement.setLong(3, intent.tenant().value());
        statement.setLong(4, intent.user().value());
        statement.setLong(5, intent.apiKey().value());
        statement.setString(6, intent.protocol().code());
        statement.setString(7, intent.model());
        statement.setBoolean(8, intent.stream());
        statement.setString(9, intent.clientRequestId().orElse(null));
        statement.setString(10, intent.at().toString());
        statement.setString(11, currency.apply(intent.priceVersion()));
        statement.setString(12, intent.priceVersion());
        statement.setLong(13, estimate.input());
        statement.setLong(14, estimate.output());
        statement.setLong(15, each.progress().input());
        statement.setLong(16, each.progress().output());
        statement.setString(17, UsageColumns.whole(estimate));
        statement.setString(18, UsageColumns.whole(each.progress()));
        statement.addBatch();
      }
      int[] _ = statement.executeBatch();
    }
  }
}

package io.tollgate.metering.internal.database.books;

import io.tollgate.contracts.TokenUsage;
import io.tollgate.data.CopiedRows;
import io.tollgate.ground.ChargeId;
import io.tollgate.metering.internal.database.tables.ArrayColumns;
import io.tollgate.metering.internal.meterlog.LogRecord.Intent;
import io.tollgate.metering.internal.meterlog.LogRecord.Result;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Writes usage records, thousands at once. */
public final class UsageRows {
  private static final String COPY =
      """
      COPY metering.usage_record (charge_id, opened_at, settled_at, tenant_id, user_id, api_key_id,
        upstream_account, platform, model, upstream_model, stream, client_request_id, http_status,
        error_code, attempts, input_tokens, output_tokens, cached_tokens, cache_write_tokens,
        reasoning_tokens, reported, quota_tokens, currency, price_version, paid, owed, latency_ms,
        first_token_ms, outcome, transfer_id, log, sequence, kinds, upstream_cost)
      FROM STDIN (FORMAT binary)
      """;

  private static final int COLUMNS = 34;
  private static final int USUAL_BYTES = 532;

  private static final String KNOWN =
      """
      SELECT charge_id, outcome = 'in_doubt' FROM metering.usage_record
       WHERE charge_id = ANY (?::uuid[])
         AND opened_at >= ?::timestamptz AND opened_at <= ?::timestamptz
      """;

  private UsageRows() {}

  /**
   * Charges that are in the books.
   *
   * @param decided those of them that a rule or somebody decided on, for want of a result
   */
  public record Known(Set<ChargeId> all, Set<ChargeId> decided) {}

  /**
   * Writes one record per charge.
   *
   * @param transfers the transfer that a charge is in, if it cost anything
   */
  static void write(
      Connection connection,
      BookingOccasion occasion,
      List<BookedCharge> booked,
      Function<BookedCharge, Optional<UUID>> transfers,
      Instant now)
      throws SQLException {
    Place log = new Place(Optional.of(occasion.log()), occasion.numbered());
    write(connection, log, booked, transfers, now);
  }

  /** The same for charges that stand in no log. */
  static void writeLogless(
      Connection connection,
      List<BookedCharge> booked,
      Function<BookedCharge, Optional<UUID>> transfers,
      Instant now)
      throws SQLException {
    write(connection, new Place(Optional.empty(), false), booked, transfers, now);
  }

  /** Where charges stand: in a log, maybe by their numbers there. */
  private record Place(Optional<UUID> log, boolean numbered) {}

  private static void write(
      Connection connection,
      Place place,
      List<BookedCharge> booked,
      Function<BookedCharge, Optional<UUID>> transfers,
      Instant now)
      throws SQLException {
    CopiedRows rows = new CopiedRows(booked.size() * USUAL_BYTES);
    for (BookedCharge charge : booked) {
      add(rows, place, charge, transfers.apply(charge), now);
    }
    rows.write(connection, COPY);
  }

  private static void add(
      CopiedRows rows, Place place, BookedCharge booked, Optional<UUID> transfer, Instant now) {
    Intent intent = booked.charge().intent();
    Result result = booked.charge().result();
    TokenUsage usage = result.usage();
    rows.row(COLUMNS)
        .uuid(intent.charge().value())
        .timestamp(intent.at())
        .timestamp(now)
        .int8(intent.tenant().value())
        .int8(intent.user().value())
        .int8(intent.apiKey().value());
    result.upstreamAccount().ifPresentOrElse(rows::int8, rows::none);
    rows.text(intent.protocol().code())
        .text(intent.model())
        .text(result.upstreamModel())
        .bool(intent.stream());
    intent.clientRequestId().ifPresentOrElse(rows::text, rows::none);
    rows.int4(result.httpStatus());
    result.errorCode().ifPresentOrElse(rows::text, rows::none);
    rows.int4(result.attempts())
        .int8(usage.input())
        .int8(usage.output())
        .int8(usage.cached())
        .int8(usage.cacheWrite())
        .int8(usage.reasoning())
        .bool(result.reported())
        .int8(booked.quotaTokens())
        .text(booked.currency().code())
        .text(result.priceVersion(intent))
        .int8(booked.paid())
        .int8(booked.owed())
        .int8(result.latencyMs());
    result.firstTokenMs().ifPresentOrElse(rows::int8, rows::none);
    rows.text("settled");
    transfer.ifPresentOrElse(rows::uuid, rows::none);
    place.log().ifPresentOrElse(rows::uuid, rows::none);
    if (place.numbered()) {
      rows.int8(booked.charge().sequence());
    } else {
      rows.none();
    }
    UsageColumns.further(usage).ifPresentOrElse(rows::jsonb, rows::none);
    booked.upstreamCost().ifPresentOrElse(rows::int8, rows::none);
  }

  /** Which of these charges have a record already; opened between the times, inclusive. */
  public static Known known(
      Connection connection, List<ChargeId> charges, Instant first, Instant last)
      throws SQLException {
    Known known = new Known(new HashSet<>(), new HashSet<>());
    try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
      var unused = new ArrayColumns(statement).uuids(charges, ChargeId::value);
      statement.setString(2, first.toString());
      statement.setString(3, last.toString());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          ChargeId charge = new ChargeId(rows.getObject(1, UUID.class));
          known.all().add(charge);
          if (rows.getBoolean(2)) {
            known.decided().add(charge);
          }
        }
      }
    }
    return known;
  }
}

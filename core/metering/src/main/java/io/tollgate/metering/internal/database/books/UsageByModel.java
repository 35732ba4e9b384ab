package io.tollgate.metering.internal.database.books;

import io.tollgate.data.Transaction;
import io.tollgate.ground.Asset;
import io.tollgate.ground.UserId;
import io.tollgate.metering.UsageQueries.ModelCallers;
import io.tollgate.metering.UsageQueries.ModelUsage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;

/**
 * Adds up what a user has used, by model: whole hours from the statistics, what is left of a span
 * at either end from the records.
 */
final class UsageByModel {
  private static final String QUERY =
      """
      SELECT model, sum(requests) AS requests, sum(input_tokens) AS input_tokens,
             sum(output_tokens) AS output_tokens, sum(cost) AS cost
        FROM (SELECT s.model, s.requests::numeric, s.input_tokens, s.output_tokens,
                     s.paid + s.owed AS cost
                FROM metering.usage_statistic s
               WHERE s.user_id = ? AND s.currency = ?
                 AND s.bucket >= ?::timestamptz AND s.bucket < ?::timestamptz
               UNION ALL
              SELECT r.model, 1, r.input_tokens, r.output_tokens, r.paid + r.owed
                FROM metering.usage_record r
               WHERE r.user_id = ? AND r.currency = ?
                 AND ((r.opened_at >= ?::timestamptz AND r.opened_at < ?::timestamptz)
                   OR (r.opened_at >= ?::timestamptz AND r.opened_at < ?::timestamptz))) used
       GROUP BY model
       ORDER BY model
      """;

  private static final String CALLERS =
      """
      SELECT count(DISTINCT s.tenant_id) AS tenants, count(DISTINCT s.user_id) AS users,
             coalesce(sum(s.requests), 0) AS requests
        FROM metering.usage_statistic s
       WHERE s.bucket >= ?::timestamptz AND s.bucket < ?::timestamptz
         AND s.model = ANY (?::text[])
      """;

  private UsageByModel() {}

  static ModelCallers callers(
      Transaction transaction, Collection<String> names, Instant from, Instant until) {
    var row =
        transaction
            .sql()
            .fetchSingle(CALLERS, from.toString(), until.toString(), names.toArray(String[]::new));
    return new ModelCallers(
        row.get("tenants", long.class),
        row.get("users", long.class),
        row.get("requests", long.class));
  }

  static List<ModelUsage> read(
      Transaction transaction, UserId user, Asset currency, Instant start, Instant end) {
    Instant firstHour = start.truncatedTo(ChronoUnit.HOURS);
    Instant from = firstHour.equals(start) ? start : firstHour.plus(Duration.ofHours(1));
    Instant until = end.truncatedTo(ChronoUnit.HOURS);
    // within one hour there is no whole one
    boolean whole = from.isBefore(until);
    Instant hoursFrom = whole ? from : end;
    Instant hoursUntil = whole ? until : end;
    return transaction
        .sql()
        .resultQuery(
            QUERY,
            user.value(),
            currency.code(),
            hoursFrom.toString(),
            hoursUntil.toString(),
            user.value(),
            currency.code(),
            start.toString(),
            hoursFrom.toString(),
            hoursUntil.toString(),
            end.toString())
        .fetch(
            row ->
                new ModelUsage(
                    row.get("model", String.class),
                    row.get("requests", Long.class),
                    row.get("input_tokens", Long.class),
                    row.get("output_tokens", Long.class),
                    row.get("cost", Long.class)));
  }
}

package io.tollgate.metering.internal.database.books;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.UserId;
import io.tollgate.metering.UsageQueries.KeyUsage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Adds up what a user has used with each key: sums from the statistics, and the moment of the last
 * request from the records of its hour.
 */
final class UsageByKey {
  private static final String QUERY =
      """
      SELECT used.*,
             (SELECT max(r.opened_at) FROM metering.usage_record r
               WHERE r.user_id = ? AND r.api_key_id = used.api_key_id
                 AND r.opened_at >= used.last_hour
                 AND r.opened_at < used.last_hour + interval '1 hour') AS last_used_at
        FROM (SELECT api_key_id, sum(requests) AS requests, sum(paid + owed) AS cost,
                     max(bucket) AS last_hour
                FROM metering.usage_statistic
               WHERE user_id = ? AND currency = ? AND bucket >= ?::timestamptz
               GROUP BY api_key_id) used
       ORDER BY api_key_id
      """;

  private UsageByKey() {}

  static List<KeyUsage> read(Transaction transaction, UserId user, Asset currency, Instant since) {
    return transaction
        .sql()
        .resultQuery(
            QUERY,
            user.value(),
            user.value(),
            currency.code(),
            since.truncatedTo(ChronoUnit.HOURS).toString())
        .fetch(
            row -> {
              Instant last = row.get("last_used_at", Instant.class);
              return new KeyUsage(
                  new ApiKeyId(row.get("api_key_id", Long.class)),
                  row.get("requests", Long.class),
                  row.get("cost", Long.class),
                  last == null ? row.get("last_hour", Instant.class) : last);
            });
  }
}

package io.tollgate.identity.internal;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.PeopleFigures;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Counts rows. */
public final class StoredPeopleFigures implements PeopleFigures {
  private static final String COUNTS =
      """
      SELECT (SELECT count(*) FROM identity.tenant t
               WHERE ?::bigint IS NULL OR t.id = ?::bigint) AS tenants,
             (SELECT count(*) FROM identity.tenant t
               WHERE t.active AND (?::bigint IS NULL OR t.id = ?::bigint)) AS active_tenants,
             (SELECT count(*) FROM identity.tenant_user u
               WHERE NOT u.is_root AND (?::bigint IS NULL OR u.tenant_id = ?::bigint)) AS users,
             (SELECT count(*) FROM identity.tenant_user u
               WHERE NOT u.is_root AND u.active AND (?::bigint IS NULL OR u.tenant_id = ?::bigint))
               AS active_users
      """;

  private static final String NEW_USERS =
      """
      SELECT (u.created_at AT TIME ZONE ?)::date AS day, count(*) AS users
        FROM identity.tenant_user u
       WHERE u.created_at >= ?::timestamptz AND u.created_at < ?::timestamptz
         AND NOT u.is_root AND (?::bigint IS NULL OR u.tenant_id = ?::bigint)
       GROUP BY 1 ORDER BY 1
      """;

  @Override
  public Counts counts(Transaction transaction, Optional<TenantId> tenant) {
    Long of = tenant.map(TenantId::value).orElse(null);
    var row = transaction.sql().fetchSingle(COUNTS, of, of, of, of, of, of, of, of);
    return new Counts(
        row.get("tenants", long.class),
        row.get("active_tenants", long.class),
        row.get("users", long.class),
        row.get("active_users", long.class));
  }

  @Override
  public Map<LocalDate, Long> newUsers(
      Transaction transaction,
      Optional<TenantId> tenant,
      Instant from,
      Instant until,
      ZoneId zone) {
    Long of = tenant.map(TenantId::value).orElse(null);
    Map<LocalDate, Long> days = new LinkedHashMap<>();
    transaction
        .sql()
        .fetch(NEW_USERS, zone.getId(), from.toString(), until.toString(), of, of)
        .forEach(row -> days.put(row.get("day", LocalDate.class), row.get("users", long.class)));
    return days;
  }
}

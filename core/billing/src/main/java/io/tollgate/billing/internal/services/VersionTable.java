package io.tollgate.billing.internal.services;

import static io.tollgate.schema.billing.Tables.SERVICE_VERSION;

import io.tollgate.billing.ServiceVersion;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.schema.billing.tables.records.ServiceVersionRecord;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of what was set of services. */
final class VersionTable {
  private static final String AT =
      """
      SELECT v.id, v.service, v.effective_from, v.price, v.monthly_free, v.admin_id, v.created_at
        FROM billing.service_version v
       WHERE v.tenant_id = ? AND v.effective_from <= ?::timestamptz
       ORDER BY v.service, v.effective_from
      """;

  /** The version of each of a tenant's services that holds at one time; asked by every batch. */
  List<ServiceVersion> at(Transaction transaction, TenantId tenant, Asset currency, Instant at) {
    return transaction
        .sql()
        .connectionResult(
            connection -> {
              List<ServiceVersion> found = new ArrayList<>();
              try (PreparedStatement statement = connection.prepareStatement(AT)) {
                statement.setLong(1, tenant.value());
                statement.setString(2, at.toString());
                try (ResultSet rows = statement.executeQuery()) {
                  while (rows.next()) {
                    found.add(read(rows, tenant, currency));
                  }
                }
              }
              return found;
            });
  }

  List<ServiceVersion> history(
      Transaction transaction, TenantId tenant, Asset currency, String service, int max) {
    return transaction
        .sql()
        .selectFrom(SERVICE_VERSION)
        .where(SERVICE_VERSION.TENANT_ID.eq(tenant.value()))
        .and(SERVICE_VERSION.SERVICE.eq(service))
        .orderBy(SERVICE_VERSION.EFFECTIVE_FROM.desc())
        .limit(max)
        .fetch(row -> read(row, currency));
  }

  /** Writes it; empty when the service has a version of that moment. */
  Optional<ServiceVersion> insert(
      Transaction transaction,
      TenantId tenant,
      String service,
      Instant from,
      Amount price,
      long monthlyFree,
      AdminId admin,
      Instant now) {
    return transaction
        .sql()
        .insertInto(SERVICE_VERSION)
        .set(SERVICE_VERSION.TENANT_ID, tenant.value())
        .set(SERVICE_VERSION.SERVICE, service)
        .set(SERVICE_VERSION.EFFECTIVE_FROM, from)
        .set(SERVICE_VERSION.PRICE, price.units())
        .set(SERVICE_VERSION.MONTHLY_FREE, monthlyFree)
        .set(SERVICE_VERSION.ADMIN_ID, admin.value())
        .set(SERVICE_VERSION.CREATED_AT, now)
        .onConflictDoNothing()
        .returning()
        .fetchOptional(row -> read(row, price.asset()));
  }

  private static ServiceVersion read(ResultSet row, TenantId tenant, Asset currency)
      throws SQLException {
    long admin = row.getLong("admin_id");
    Optional<AdminId> by = row.wasNull() ? Optional.empty() : Optional.of(new AdminId(admin));
    return new ServiceVersion(
        row.getLong("id"),
        tenant,
        row.getString("service"),
        row.getObject("effective_from", OffsetDateTime.class).toInstant(),
        new Amount(currency, row.getLong("price")),
        row.getLong("monthly_free"),
        by,
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }

  private static ServiceVersion read(ServiceVersionRecord row, Asset currency) {
    return new ServiceVersion(
        row.getId(),
        new TenantId(row.getTenantId()),
        row.getService(),
        row.getEffectiveFrom(),
        new Amount(currency, row.getPrice()),
        row.getMonthlyFree(),
        Optional.ofNullable(row.getAdminId()).map(AdminId::new),
        row.getCreatedAt());
  }
}

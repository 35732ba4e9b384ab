package io.tollgate.billing.internal.services;

import static io.tollgate.schema.billing.Tables.SERVICE_VERSION;

import io.tollgate.billing.ServiceVersion;
import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.schema.billing.tables.records.ServiceVersionRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table of what was set of services. */
final class VersionTable {
  /** The version of each of a tenant's services that holds at one time. */
  List<ServiceVersion> at(Transaction transaction, TenantId tenant, Asset currency, Instant at) {
    return transaction
        .sql()
        .selectFrom(SERVICE_VERSION)
        .where(SERVICE_VERSION.TENANT_ID.eq(tenant.value()))
        .and(SERVICE_VERSION.EFFECTIVE_FROM.le(at))
        .orderBy(SERVICE_VERSION.SERVICE, SERVICE_VERSION.EFFECTIVE_FROM)
        .fetch(row -> read(row, currency));
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

package io.tollgate.edge.admin;

import io.tollgate.billing.ServiceVersion;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What was set of a service, as it is listed. */
record ServiceVersionRow(
    long id,
    long tenantId,
    String service,
    Instant effectiveFrom,
    String currency,
    Amount price,
    long monthlyFree,
    @Nullable Long adminId,
    Instant createdAt) {
  static ServiceVersionRow of(ServiceVersion version) {
    return new ServiceVersionRow(
        version.id(),
        version.tenant().value(),
        version.service(),
        version.effectiveFrom(),
        version.price().asset().code(),
        version.price(),
        version.monthlyFree(),
        version.admin().map(AdminId::value).orElse(null),
        version.createdAt());
  }
}

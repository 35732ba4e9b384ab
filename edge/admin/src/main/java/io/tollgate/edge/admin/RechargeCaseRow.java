package io.tollgate.edge.admin;

import io.tollgate.billing.RechargeCase;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A case that somebody has to look at, as the admin API shows it. */
record RechargeCaseRow(
    long id,
    String kind,
    String subject,
    @Nullable Long tenantId,
    @Nullable Long rechargeOrder,
    @Nullable Long comparisonId,
    String method,
    String detail,
    String state,
    @Nullable Long adminId,
    @Nullable String action,
    @Nullable String note,
    Instant createdAt,
    Instant updatedAt) {
  static RechargeCaseRow of(RechargeCase found) {
    return new RechargeCaseRow(
        found.id(),
        found.kind(),
        found.subject(),
        found.tenant().map(TenantId::value).orElse(null),
        found.order().orElse(null),
        found.comparison().orElse(null),
        found.method(),
        found.detail(),
        found.state(),
        found.owner().map(AdminId::value).orElse(null),
        found.action().orElse(null),
        found.note().orElse(null),
        found.createdAt(),
        found.updatedAt());
  }
}

package io.tollgate.edge.admin;

import io.tollgate.billing.PriceMultiplierSetting;
import io.tollgate.ground.UserId;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * By what prices are multiplied, as it is listed.
 *
 * @param userId null: all users of the tenant
 */
record PriceMultiplierRow(
    long id,
    long tenantId,
    @Nullable Long userId,
    BigDecimal multiplier,
    Instant createdAt,
    Instant updatedAt) {
  static PriceMultiplierRow of(PriceMultiplierSetting setting) {
    return new PriceMultiplierRow(
        setting.id(),
        setting.tenant().value(),
        setting.user().map(UserId::value).orElse(null),
        setting.multiplier().stripTrailingZeros(),
        setting.createdAt(),
        setting.updatedAt());
  }
}

package io.tollgate.edge.admin;

import io.tollgate.billing.ServiceTerms;
import io.tollgate.ground.Amount;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A service as it is listed.
 *
 * @param price null: each deduct says what it costs
 * @param effectiveFrom null: as configured
 */
record ServiceRow(
    String service,
    String asset,
    @Nullable Amount price,
    long monthlyFree,
    @Nullable Instant effectiveFrom) {
  static ServiceRow of(ServiceTerms terms) {
    return new ServiceRow(
        terms.name(),
        terms.quota().code(),
        terms.price().orElse(null),
        terms.monthlyFree(),
        terms.since().orElse(null));
  }
}

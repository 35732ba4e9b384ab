package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A batch of codes to be made.
 *
 * @param name 1 to 100 characters
 * @param asset {@code TOKEN}, {@code CALL:<service>} or the tenant's currency
 * @param amount what each code gives, in whole units, more than 0
 * @param codes 1 to 10,000
 */
public record CodeBatchOrder(
    TenantId tenant,
    String name,
    String asset,
    BigDecimal amount,
    int codes,
    Optional<Instant> expiresAt,
    OptionalInt lastsDays) {
  public CodeBatchOrder {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(name, "name is null");
    requireNonNull(asset, "asset is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(expiresAt, "expiresAt is null");
    requireNonNull(lastsDays, "lastsDays is null");
  }
}

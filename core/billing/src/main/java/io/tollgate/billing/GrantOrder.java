package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import java.time.Instant;
import java.util.Optional;

/**
 * A quota or credit to be given by hand.
 *
 * @param externalId the user as the tenant names them; unknown ones are made
 * @param amount more than zero, in tokens, calls of a service, or the tenant's currency
 * @param expiresAt when what is left of it goes back; in the future
 * @param priority among grants that expire together the lower one is used first
 * @param idempotencyKey 1 to 128 characters, unique per tenant
 */
public record GrantOrder(
    TenantId tenant,
    String externalId,
    Amount amount,
    Optional<Instant> expiresAt,
    int priority,
    String idempotencyKey) {
  public GrantOrder {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(externalId, "externalId is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(expiresAt, "expiresAt is null");
    requireNonNull(idempotencyKey, "idempotencyKey is null");
    if (!amount.isPositive()) {
      throw new IllegalArgumentException("amount: " + amount + " (expected: more than 0)");
    }
    if (idempotencyKey.isEmpty() || idempotencyKey.length() > 128) {
      throw new IllegalArgumentException(
          "idempotency key: " + idempotencyKey.length() + " characters (expected: 1 to 128)");
    }
  }
}

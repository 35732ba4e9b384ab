package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Codes that were made together.
 *
 * @param amount what each gives: tokens, calls of a service, or credit
 * @param codes how many there are
 * @param used how many were redeemed
 * @param expiresAt until when they can be; empty: for ever
 * @param lastsDays how long what they give lasts; empty: without an end
 * @param active whether they can be redeemed now
 * @param exportedAt when they were shown, which is once
 */
public record CodeBatch(
    long id,
    TenantId tenant,
    String name,
    Amount amount,
    int codes,
    long used,
    Optional<Instant> expiresAt,
    OptionalInt lastsDays,
    boolean active,
    Instant createdAt,
    Optional<Instant> exportedAt) {
  public CodeBatch {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(name, "name is null");
    requireNonNull(amount, "amount is null");
    requireNonNull(expiresAt, "expiresAt is null");
    requireNonNull(lastsDays, "lastsDays is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(exportedAt, "exportedAt is null");
  }
}

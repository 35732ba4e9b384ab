package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A transfer, with what is known of it beside its entries.
 *
 * @param operation namespace of its idempotency key
 * @param reverses what it reverses
 * @param reversedBy what reverses it
 * @param seal what it is sealed by; empty: it waits for its seal
 */
public record PostedTransfer(
    UUID id,
    TenantId tenant,
    String kind,
    String operation,
    String idempotencyKey,
    String reference,
    String reason,
    Optional<UUID> reverses,
    Optional<UUID> reversedBy,
    Instant effectiveAt,
    Instant postedAt,
    Optional<SealState.Head> seal) {
  public PostedTransfer {
    requireNonNull(id, "id is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(operation, "operation is null");
    requireNonNull(idempotencyKey, "idempotencyKey is null");
    requireNonNull(reference, "reference is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(reverses, "reverses is null");
    requireNonNull(reversedBy, "reversedBy is null");
    requireNonNull(effectiveAt, "effectiveAt is null");
    requireNonNull(postedAt, "postedAt is null");
    requireNonNull(seal, "seal is null");
  }
}

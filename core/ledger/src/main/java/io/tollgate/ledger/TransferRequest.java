package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A transfer to be posted. Its legs sum to zero per asset.
 *
 * @param kind what it is, e.g. {@code relay_charge}, {@code grant}, {@code recharge}
 * @param operation namespace of the idempotency key, e.g. {@code billing.grants}
 * @param idempotencyKey unique per tenant and operation
 * @param requestHash SHA-256 over the parsed, canonical request
 * @param reference what it belongs to outside the ledger, e.g. a charge id; may be empty
 * @param effectiveAt when it happened for the business
 * @param releases holds that end with this transfer, whole: their reservations are lifted by the
 *     same updates that post the legs
 */
public record TransferRequest(
    String kind,
    TenantId tenant,
    String operation,
    String idempotencyKey,
    byte[] requestHash,
    String reference,
    Instant effectiveAt,
    List<Leg> legs,
    List<UUID> releases) {
  public TransferRequest {
    requireNonNull(kind, "kind is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(operation, "operation is null");
    requireNonNull(idempotencyKey, "idempotencyKey is null");
    requireNonNull(reference, "reference is null");
    requireNonNull(effectiveAt, "effectiveAt is null");
    requestHash = requestHash.clone();
    legs = List.copyOf(legs);
    releases = List.copyOf(releases);
  }

  @Override
  public byte[] requestHash() {
    return requestHash.clone();
  }
}

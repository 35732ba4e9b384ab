package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ledger.internal.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A transfer to be posted. Its legs sum to zero per asset; it may have none, where it only ends
 * holds.
 *
 * @param kind what it is, e.g. {@code relay_charge}, {@code grant}, {@code recharge}
 * @param operation namespace of the idempotency key, e.g. {@code billing.grants}; {@code ledger.*}
 *     is the ledger's own
 * @param idempotencyKey unique per tenant and operation, 1 to 300 characters
 * @param requestHash SHA-256 over the parsed, canonical request; see {@link RequestHash}
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
    requireLength("kind", kind, 1, 64);
    requireLength("operation", operation, 1, 64);
    requireLength("idempotency key", idempotencyKey, 1, 300);
    requireLength("reference", reference, 0, 300);
    if (requestHash.length != Sha256.BYTES) {
      throw new IllegalArgumentException(
          "request hash: " + requestHash.length + " bytes (expected: " + Sha256.BYTES + ")");
    }
    requestHash = requestHash.clone();
    legs = List.copyOf(legs);
    releases = List.copyOf(releases);
  }

  private static void requireLength(String what, String text, int least, int max) {
    if (text.length() < least || text.length() > max) {
      throw new Refusal(
          ErrorCode.INVALID_REQUEST,
          what + ": " + text.length() + " characters (expected: " + least + " to " + max + ")");
    }
    if (text.indexOf('\0') >= 0) {
      throw new Refusal(ErrorCode.INVALID_REQUEST, what + " has a NUL character (expected: none)");
    }
  }

  @Override
  public byte[] requestHash() {
    return requestHash.clone();
  }
}

package io.tollgate.ledger;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import java.time.Instant;
import java.util.List;

/**
 * Charges of one tenant that are posted together: one transfer, with one entry per debit that names
 * its charge, and one per credit. Debits and credits sum to zero per asset.
 *
 * @param kind of the transfer, named by who posts it, e.g. {@code relay_charge}
 * @param operation namespace of the idempotency key, e.g. {@code relay.settlement}
 * @param idempotencyKey unique per tenant and operation, 1 to 300 characters
 * @param requestHash SHA-256 over what the batch says; see {@link RequestHash}
 * @param reference what the batch belongs to outside the ledger; may be empty
 * @param effectiveAt when the last of the charges happened for the business
 * @param debits what is taken, in the order in which it happened, from accounts that are not hot
 * @param credits positive units per account, such as the tenant's revenue
 * @param releases positive units by which what is held of an account falls in the same update
 */
public record ChargeBatch(
    String kind,
    TenantId tenant,
    String operation,
    String idempotencyKey,
    byte[] requestHash,
    String reference,
    Instant effectiveAt,
    List<ChargeLeg> debits,
    List<Leg> credits,
    List<Leg> releases) {
  public ChargeBatch {
    requireNonNull(kind, "kind is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(operation, "operation is null");
    requireNonNull(idempotencyKey, "idempotencyKey is null");
    requireNonNull(reference, "reference is null");
    requireNonNull(effectiveAt, "effectiveAt is null");
    requestHash = requestHash.clone();
    debits = List.copyOf(debits);
    credits = List.copyOf(credits);
    releases = List.copyOf(releases);
    requirePositive("credit", credits);
    requirePositive("release", releases);
  }

  private static void requirePositive(String what, List<Leg> legs) {
    for (Leg leg : legs) {
      if (leg.units() < 0) {
        throw new IllegalArgumentException(
            what + " of account " + leg.account() + ": " + leg.units() + " (expected: >= 1)");
      }
    }
  }

  @Override
  public byte[] requestHash() {
    return requestHash.clone();
  }
}

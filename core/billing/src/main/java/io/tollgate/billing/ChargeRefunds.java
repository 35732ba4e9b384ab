package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import io.tollgate.ground.Amount;
import io.tollgate.ground.ChargeId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Gives back what requests of the relay were charged: whole, once each, by a contra transfer of
 * exactly the legs that paid. Runs in the caller's transaction.
 */
public interface ChargeRefunds {
  /**
   * Gives a charge back. The same under the same key is answered as the first time.
   *
   * @param by its key has 1 to 128 characters, its reason 1 to 200
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such request in the
   *     books; {@code CONFLICT} when it is not settled, was charged without its result, cost
   *     nothing, or was given back before; {@code IDEMPOTENCY_CONFLICT} when the key was used for
   *     another charge; {@code INVALID_REQUEST}
   */
  Refunded refund(Transaction transaction, ChargeId charge, HandPostings.By by);

  /** The refund of a charge, where it was given back. */
  Optional<Refunded> find(Transaction transaction, ChargeId charge);

  /**
   * A charge that was given back.
   *
   * @param amount money
   * @param quotaTokens free tokens beside it
   */
  record Refunded(
      ChargeId charge,
      TenantId tenant,
      UserId user,
      Amount amount,
      long quotaTokens,
      UUID transfer,
      AdminId admin,
      String reason,
      Instant at) {
    public Refunded {
      requireNonNull(charge, "charge is null");
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      requireNonNull(amount, "amount is null");
      requireNonNull(transfer, "transfer is null");
      requireNonNull(admin, "admin is null");
      requireNonNull(reason, "reason is null");
      requireNonNull(at, "at is null");
    }
  }
}

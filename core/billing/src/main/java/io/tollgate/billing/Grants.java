package io.tollgate.billing;

import io.tollgate.data.Transaction;
import io.tollgate.ground.AdminId;
import java.util.UUID;

/** Gives quotas and credits by hand. Runs in the caller's transaction. */
public interface Grants {
  /**
   * Gives it once: tokens and calls, and money with an end, on an account of their own; money
   * without an end as gift credit, which is used before the balance. What the user owes in the
   * currency is paid from it first. The same order again gives the first receipt and changes
   * nothing.
   *
   * @throws io.tollgate.ground.Refusal {@code IDEMPOTENCY_CONFLICT} when the key was used for
   *     another order; {@code INVALID_REQUEST} when the user's id cannot be one, or it is more than
   *     one grant may give; {@code CONFLICT} when the user, or the tenant, would have more than
   *     they may: see {@link GrantLimits}
   */
  GrantReceipt give(Transaction transaction, GrantOrder order);

  /**
   * Takes back what is unspent of a grant, of the user's month or by hand, by contra transfers.
   * What gateways have leased at this moment stays; another call takes what has come back since. In
   * all never more is taken than was given; a call that finds nothing changes nothing. Of gift
   * credit, which several grants flow into, what is left is taken up to what the grant gave.
   *
   * @param grant the transfer that gave it
   * @param reason 1 to 200 characters
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such grant
   */
  GrantRevocation revoke(Transaction transaction, UUID grant, AdminId admin, String reason);
}

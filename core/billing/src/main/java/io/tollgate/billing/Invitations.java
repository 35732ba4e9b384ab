package io.tollgate.billing;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;

/** Credit for invitations. Runs in the caller's transaction. */
public interface Invitations {
  /** What the tenant gives; nothing where it gives nothing. */
  Optional<InvitationTerms> terms(Transaction transaction, TenantId tenant);

  /**
   * Sets what the tenant gives from now on.
   *
   * @param asset {@code TOKEN}, {@code CALL:<service>} or the tenant's currency
   * @param inviter whole units, 0 or more
   * @param invited whole units, 0 or more
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} naming the field; {@code NOT_FOUND}
   *     when there is no such tenant
   */
  InvitationTerms set(
      Transaction transaction,
      TenantId tenant,
      String asset,
      BigDecimal inviter,
      BigDecimal invited,
      OptionalInt lastsDays,
      int usersMax);

  /**
   * Gives both what is due when an invited user has verified who they are; once for each, whenever
   * it is called again. Where the tenant gives nothing, or the two are of others, nobody gets any.
   *
   * @return whether something was given now
   */
  boolean verified(Transaction transaction, TenantId tenant, UserId invited, UserId inviter);
}

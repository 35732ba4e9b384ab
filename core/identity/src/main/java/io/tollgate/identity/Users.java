package io.tollgate.identity;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.util.Optional;

/** Users of tenants. Runs in the caller's transaction. */
public interface Users {
  Optional<User> find(Transaction transaction, UserId id);

  Optional<User> findByExternalId(Transaction transaction, TenantId tenant, String externalId);

  /**
   * Finds the user or makes them with the tenant's defaults; two at once make one.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when the id is not 1–64 of {@code
   *     [A-Za-z0-9_-]} or is reserved
   */
  User findOrCreate(Transaction transaction, TenantId tenant, String externalId);

  /** Makes a user. */
  User create(Transaction transaction, NewUser user);
}

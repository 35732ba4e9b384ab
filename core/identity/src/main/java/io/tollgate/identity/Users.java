package io.tollgate.identity;

import io.tollgate.data.Transaction;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Creates and finds users of tenants, and sets their passwords, in the caller's transaction.
 *
 * <p>A user's external id is a plain text of its tenant and never read as a number: whoever asks
 * for {@code "7"} gets the tenant's user with the external id {@code "7"} (a new one if there is
 * none), even where another tenant's user has the number 7. A user who is given no external id gets
 * their number as one; a number that the tenant already uses as somebody's external id is passed
 * over.
 */
public interface Users {
  Optional<User> find(Transaction transaction, UserId id);

  /** Those of these users who are there, by number. */
  Map<UserId, User> find(Transaction transaction, Collection<UserId> ids);

  Optional<User> findByExternalId(Transaction transaction, TenantId tenant, String externalId);

  /** The tenant's user with this address, whatever its case. */
  Optional<User> findByEmail(Transaction transaction, TenantId tenant, String email);

  /** The tenant's user with this invite code, whatever its case. */
  Optional<User> findByInviteCode(Transaction transaction, TenantId tenant, String inviteCode);

  /**
   * Holds a user until the transaction ends: the account is not deleted before.
   *
   * @throws io.tollgate.ground.Refusal {@code USER_NOT_FOUND} when the tenant has no such user, or
   *     it is deleted
   */
  void hold(Transaction transaction, TenantId tenant, UserId user);

  /** The user that is the tenant itself, made with it. */
  User root(Transaction transaction, TenantId tenant);

  /**
   * Finds the user or makes them with the tenant's defaults; two at once make one.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when the id is not 1–64 of {@code
   *     [A-Za-z0-9_-]} or is reserved; {@code NOT_FOUND} when there is no such tenant; {@code
   *     PLAN_LIMIT} when its plan has no room for another user
   */
  User findOrCreate(Transaction transaction, TenantId tenant, String externalId);

  /**
   * Makes a user. Hashing a password takes about a tenth of a second.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when a part of it is not valid;
   *     {@code CONFLICT} when the tenant has the external id or email already; {@code NOT_FOUND}
   *     when there is no such tenant; {@code PLAN_LIMIT} when its plan has no room for another user
   */
  User create(Transaction transaction, NewUser user);

  /**
   * Sets the password of a user.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when it is not 8–128 characters;
   *     {@code USER_NOT_FOUND}
   */
  void setPassword(Transaction transaction, TenantId tenant, UserId user, String password);
}

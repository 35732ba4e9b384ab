package io.tollgate.rewards;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Point cards of tenants and users. Everything runs in the caller's transaction and is posted in
 * the ledger, in {@link Points#ASSET}; no balance goes below 0. What a user is credited pays first
 * what they owe, in the same transaction. A refusal rolls the whole transaction back.
 *
 * <p>With an idempotency key (1 to 128 characters, unique per tenant and kind of call) the same
 * order again gives the first answer with {@code repeated} set, another order under it is refused
 * with {@code IDEMPOTENCY_CONFLICT}; without a key each call is an operation of its own. Only
 * successes are kept. Safe for use by many threads.
 */
public interface PointCards {
  /** What the tenant itself has; owes nothing ever. */
  PointCard ofTenant(Transaction transaction, TenantId tenant);

  /** What a user has; empty cards for those who never had anything. */
  PointCard ofUser(Transaction transaction, TenantId tenant, UserId user);

  /** The same for many users of a tenant, in one query; each of them is in the answer. */
  Map<UserId, PointCard> ofUsers(
      Transaction transaction, TenantId tenant, Collection<UserId> users);

  /** What all users of the tenant have together. */
  PointCard ofAllUsers(Transaction transaction, TenantId tenant);

  /**
   * The operator gives a tenant points: self comes from payments, gift from grants.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when the amount is not above 0;
   *     {@code NOT_FOUND} when there is no such tenant
   */
  Credited rechargeTenant(Transaction transaction, TenantRecharge order);

  /**
   * A tenant gives a user points from its own balance of that type, asked for by its merchant or by
   * an administrator.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when the amount is not above 0;
   *     {@code USER_NOT_FOUND} when the tenant has no such user; {@code INSUFFICIENT_MEANS} when
   *     the tenant has less
   */
  Given give(Transaction transaction, UserRecharge order);

  /**
   * A user gives another one points of the same type.
   *
   * @throws io.tollgate.ground.Refusal {@code INVALID_REQUEST} when the amount is not above 0 or
   *     both are one user; {@code USER_NOT_FOUND} when one of them is not the tenant's; {@code
   *     FORBIDDEN} when neither is an ancestor of the other and the tenant's setting asks for that;
   *     {@code INSUFFICIENT_MEANS} when the giver has less, or owes something
   */
  Moved transfer(Transaction transaction, PointTransfer order);

  /**
   * Whether a user's bindings that want this much on the card take no new entries. Of paper
   * accounts nobody needs to ask.
   */
  boolean isPaused(Transaction transaction, TenantId tenant, UserId user, Amount minPointCard);

  /** Of these users, those who owe something; their bindings are paused whatever they want. */
  Collection<UserId> owing(Transaction transaction, TenantId tenant, Collection<UserId> users);

  /**
   * Points for a tenant.
   *
   * @param remark up to 200 characters, kept in the log
   */
  record TenantRecharge(
      TenantId tenant, CardType type, Amount amount, String remark, Optional<String> key) {
    public TenantRecharge {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(type, "type is null");
      amount = Points.requireMovable("amount", amount);
      requireNonNull(remark, "remark is null");
      requireNonNull(key, "key is null");
    }
  }

  /**
   * Points from a tenant for one of its users.
   *
   * @param remark up to 200 characters, kept in both logs
   */
  record UserRecharge(
      TenantId tenant,
      UserId user,
      CardType type,
      Amount amount,
      String remark,
      Optional<String> key) {
    public UserRecharge {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(user, "user is null");
      requireNonNull(type, "type is null");
      amount = Points.requireMovable("amount", amount);
      requireNonNull(remark, "remark is null");
      requireNonNull(key, "key is null");
    }
  }

  /** Points from one user for another. */
  record PointTransfer(
      TenantId tenant,
      UserId from,
      UserId to,
      CardType type,
      Amount amount,
      String remark,
      Optional<String> key) {
    public PointTransfer {
      requireNonNull(tenant, "tenant is null");
      requireNonNull(from, "from is null");
      requireNonNull(to, "to is null");
      requireNonNull(type, "type is null");
      amount = Points.requireMovable("amount", amount);
      requireNonNull(remark, "remark is null");
      requireNonNull(key, "key is null");
    }
  }

  /** A tenant got points. */
  record Credited(
      UUID transfer, Amount amount, PointCard before, PointCard after, boolean repeated) {
    public Credited {
      requireNonNull(transfer, "transfer is null");
      requireNonNull(amount, "amount is null");
      requireNonNull(before, "before is null");
      requireNonNull(after, "after is null");
    }
  }

  /** A user got points from the tenant. The user's card after has paid what was owed out of it. */
  record Given(
      UUID transfer,
      Amount amount,
      PointCard tenantBefore,
      PointCard tenantAfter,
      PointCard userBefore,
      PointCard userAfter,
      boolean repeated) {
    public Given {
      requireNonNull(transfer, "transfer is null");
      requireNonNull(amount, "amount is null");
      requireNonNull(tenantBefore, "tenantBefore is null");
      requireNonNull(tenantAfter, "tenantAfter is null");
      requireNonNull(userBefore, "userBefore is null");
      requireNonNull(userAfter, "userAfter is null");
    }
  }

  /** A user got points from another. */
  record Moved(
      UUID transfer, Amount amount, PointCard fromAfter, PointCard toAfter, boolean repeated) {
    public Moved {
      requireNonNull(transfer, "transfer is null");
      requireNonNull(amount, "amount is null");
      requireNonNull(fromAfter, "fromAfter is null");
      requireNonNull(toAfter, "toAfter is null");
    }
  }
}

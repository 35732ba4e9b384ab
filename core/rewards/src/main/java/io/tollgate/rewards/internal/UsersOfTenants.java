package io.tollgate.rewards.internal;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.User;
import io.tollgate.identity.Users;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Finds tenants and their users; those of other tenants are not there. */
public final class UsersOfTenants {
  private static final int KEY_MAX = 128;
  private static final int REMARK_MAX = 200;

  private final Tenants tenants;
  private final Users users;

  public UsersOfTenants(Tenants tenants, Users users) {
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.users = requireNonNull(users, "users is null");
  }

  /** The tenant, or a refusal. */
  public Tenant require(Transaction transaction, TenantId tenant) {
    return tenants
        .find(transaction, tenant)
        .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "there is no tenant " + tenant));
  }

  /** The tenant's user, or a refusal. */
  public User require(Transaction transaction, TenantId tenant, UserId user) {
    return users
        .find(transaction, user)
        .filter(found -> found.tenant().equals(tenant))
        .orElseThrow(() -> missing(user));
  }

  /** All of them, or a refusal. */
  public void require(Transaction transaction, TenantId tenant, Collection<UserId> wanted) {
    Map<UserId, User> found = users.find(transaction, wanted);
    for (UserId user : wanted) {
      User there = found.get(user);
      if (there == null || !there.tenant().equals(tenant)) {
        throw missing(user);
      }
    }
  }

  /** Users by number, those who are there. */
  public Map<UserId, User> find(Transaction transaction, Collection<UserId> wanted) {
    return users.find(transaction, wanted);
  }

  /** Refuses idempotency keys that do not fit. */
  public static void checkKey(Optional<String> key) {
    key.filter(given -> given.isBlank() || given.length() > KEY_MAX || hasControl(given))
        .ifPresent(
            given -> {
              throw GivenText.refused("Idempotency-Key", given, "1 to " + KEY_MAX + " characters");
            });
  }

  /** Refuses remarks that do not fit. */
  public static void checkRemark(String remark) {
    if (remark.length() > REMARK_MAX || remark.indexOf('\0') >= 0) {
      throw GivenText.refused("remark", remark, "at most " + REMARK_MAX + " characters");
    }
  }

  private static boolean hasControl(String text) {
    return text.chars().anyMatch(Character::isISOControl);
  }

  private static Refusal missing(UserId user) {
    return new Refusal(ErrorCode.USER_NOT_FOUND, "there is no user " + user);
  }
}

package io.tollgate.billing.internal.codes;

import static java.util.Objects.requireNonNull;

import io.tollgate.billing.GrantLimits;
import io.tollgate.billing.GrantOrder;
import io.tollgate.billing.GrantReceipt;
import io.tollgate.billing.Services;
import io.tollgate.billing.internal.grants.GrantAssets;
import io.tollgate.billing.internal.grants.GrantReason;
import io.tollgate.billing.internal.grants.HandGrants;
import io.tollgate.data.Transaction;
import io.tollgate.ground.Amount;
import io.tollgate.ground.Asset;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.GivenText;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.identity.Tenant;
import io.tollgate.identity.Tenants;
import io.tollgate.identity.User;
import io.tollgate.identity.Users;
import io.tollgate.ledger.Ledger;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

/** Gives users what codes and invitations are worth, and reads what they may be. */
final class GivenOnce {
  static final int DAYS_MAX = 3660;

  private final Users users;
  private final Tenants tenants;
  private final Services services;
  private final GrantLimits limits;
  private final InstantSource clock;
  private final HandGrants grants;

  GivenOnce(
      Ledger ledger,
      Users users,
      Tenants tenants,
      Services services,
      GrantLimits limits,
      InstantSource clock,
      GrantReason reason) {
    this.users = requireNonNull(users, "users is null");
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.services = requireNonNull(services, "services is null");
    this.limits = requireNonNull(limits, "limits is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.grants = new HandGrants(ledger, users, limits, clock, reason);
  }

  /** Gives it; the key must not have been used. */
  GrantReceipt give(
      Transaction transaction, User user, Amount amount, OptionalInt lastsDays, String key) {
    return grants.give(
        transaction,
        new GrantOrder(
            user.tenant(),
            user.externalId(),
            amount,
            end(transaction, user.tenant(), lastsDays),
            0,
            key));
  }

  private Optional<Instant> end(Transaction transaction, TenantId tenant, OptionalInt lastsDays) {
    return lastsDays.isEmpty()
        ? Optional.empty()
        : Optional.of(
            clock
                .instant()
                .atZone(tenant(transaction, tenant).zone())
                .plusDays(lastsDays.getAsInt())
                .toInstant());
  }

  User user(Transaction transaction, UserId id) {
    return users
        .find(transaction, id)
        .orElseThrow(() -> new Refusal(ErrorCode.USER_NOT_FOUND, "there is no user " + id));
  }

  Tenant tenant(Transaction transaction, TenantId id) {
    return tenants
        .find(transaction, id)
        .orElseThrow(() -> new Refusal(ErrorCode.NOT_FOUND, "there is no tenant " + id));
  }

  Asset asset(Transaction transaction, TenantId tenant, String code) {
    Tenant found = tenant(transaction, tenant);
    return GrantAssets.read(
        code, found.currency(), services.all(transaction, found, clock.instant()));
  }

  /** An amount of 0 up to what one grant may give. */
  Amount amount(String field, Asset asset, BigDecimal given) {
    Amount amount = Amount.of(asset, given);
    Amount max = limits.ofGrant(asset);
    if (amount.isNegative() || amount.compareTo(max) > 0) {
      throw GivenText.refused(field, amount.toPlainString(), "0 to " + max.toPlainString());
    }
    return amount;
  }

  static OptionalInt days(OptionalInt days) {
    if (days.isPresent() && (days.getAsInt() < 1 || days.getAsInt() > DAYS_MAX)) {
      throw GivenText.refused("lasts_days", Integer.toString(days.getAsInt()), "1 to " + DAYS_MAX);
    }
    return days;
  }
}

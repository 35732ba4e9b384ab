package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a user is made from; what is left out gets the tenant's defaults.
 *
 * @param inviter a user of the same tenant
 */
public record NewUser(
    TenantId tenant,
    Optional<String> externalId,
    Optional<String> email,
    Optional<String> password,
    OptionalLong monthlyFreeTokens,
    Optional<UserId> inviter) {
  public NewUser {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(externalId, "externalId is null");
    requireNonNull(email, "email is null");
    requireNonNull(password, "password is null");
    requireNonNull(monthlyFreeTokens, "monthlyFreeTokens is null");
    requireNonNull(inviter, "inviter is null");
  }

  /** One whom nobody has invited. */
  public NewUser(
      TenantId tenant,
      Optional<String> externalId,
      Optional<String> email,
      Optional<String> password,
      OptionalLong monthlyFreeTokens) {
    this(tenant, externalId, email, password, monthlyFreeTokens, Optional.empty());
  }

  /** The same, invited by a user of the same tenant. */
  public NewUser invitedBy(UserId by) {
    return new NewUser(tenant, externalId, email, password, monthlyFreeTokens, Optional.of(by));
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "NewUser[tenant=" + tenant + ", externalId=" + externalId + "]";
  }
}

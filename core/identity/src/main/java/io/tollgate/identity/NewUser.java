package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import java.util.Optional;
import java.util.OptionalLong;

/** What a user is made from; what is left out gets the tenant's defaults. */
public record NewUser(
    TenantId tenant,
    Optional<String> externalId,
    Optional<String> email,
    Optional<String> password,
    OptionalLong monthlyFreeTokens) {
  public NewUser {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(externalId, "externalId is null");
    requireNonNull(email, "email is null");
    requireNonNull(password, "password is null");
    requireNonNull(monthlyFreeTokens, "monthlyFreeTokens is null");
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "NewUser[tenant=" + tenant + ", externalId=" + externalId + "]";
  }
}

package io.tollgate.billing;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.metering.SpendLimit;
import java.util.Optional;

/**
 * Which spend limits are listed; what is empty does not filter.
 *
 * @param user the limits of this user and of their keys
 */
public record SpendLimitFilter(
    Optional<TenantId> tenant,
    Optional<UserId> user,
    Optional<ApiKeyId> key,
    Optional<SpendLimit.Scope> scope) {
  public static final SpendLimitFilter ALL =
      new SpendLimitFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
}

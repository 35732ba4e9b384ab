package io.tollgate.billing.internal.prices;

import io.tollgate.billing.PriceMultipliers;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import io.tollgate.ledger.UserOfTenant;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** By how much prices are multiplied, tenant by tenant and user by user. Immutable. */
public final class CallerMultipliers {
  public static final CallerMultipliers NONE = new CallerMultipliers(Map.of(), Map.of());

  private final Map<TenantId, BigDecimal> tenants;
  private final Map<UserOfTenant, BigDecimal> users;
  // one object for each caller that has some, so that nothing is made on the way of a request
  private final Map<TenantId, PriceMultipliers> ofTenants = new HashMap<>();
  private final Map<UserOfTenant, PriceMultipliers> ofUsers = new HashMap<>();

  public CallerMultipliers(Map<TenantId, BigDecimal> tenants, Map<UserOfTenant, BigDecimal> users) {
    this.tenants = Map.copyOf(tenants);
    this.users = Map.copyOf(users);
    this.tenants.forEach(
        (tenant, number) -> ofTenants.put(tenant, new PriceMultipliers(number, BigDecimal.ONE)));
    this.users.forEach(
        (user, number) ->
            ofUsers.put(
                user,
                new PriceMultipliers(
                    this.tenants.getOrDefault(user.tenant(), BigDecimal.ONE), number)));
  }

  public PriceMultipliers of(TenantId tenant, UserId user) {
    if (tenants.isEmpty() && users.isEmpty()) {
      return PriceMultipliers.NONE;
    }
    PriceMultipliers own = users.isEmpty() ? null : ofUsers.get(new UserOfTenant(tenant, user));
    return own != null ? own : ofTenants.getOrDefault(tenant, PriceMultipliers.NONE);
  }
}

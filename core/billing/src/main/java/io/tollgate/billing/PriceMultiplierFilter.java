package io.tollgate.billing;

import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.util.Optional;

/** Which multipliers a list shows; what is empty does not restrict. */
public record PriceMultiplierFilter(Optional<TenantId> tenant, Optional<UserId> user) {}

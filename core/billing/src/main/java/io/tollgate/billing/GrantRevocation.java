package io.tollgate.billing;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.Amount;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.util.UUID;

/**
 * What has been taken back of a grant.
 *
 * @param grant the transfer that gave it
 * @param given what it gave
 * @param taken what has been taken back of it in all
 * @param takenNow what this call took
 * @param inFlight what is left of it and cannot be taken now, as requests or gateways hold it
 */
public record GrantRevocation(
    UUID grant,
    TenantId tenant,
    UserId user,
    Amount given,
    Amount taken,
    Amount takenNow,
    Amount inFlight) {
  public GrantRevocation {
    requireNonNull(grant, "grant is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(given, "given is null");
    requireNonNull(taken, "taken is null");
    requireNonNull(takenNow, "takenNow is null");
    requireNonNull(inFlight, "inFlight is null");
  }
}

package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;
import java.util.Set;

/**
 * Whom an API key stands for, and what it may be used for.
 *
 * @param externalId the user as sync, billing, events and the relay name them
 * @param currency the tenant's currency
 * @param rates how much may be asked for at a time with this key
 * @param userRates how much the user may ask for at a time, with all keys together
 * @param models which models may be asked for: those of the key that the user may ask for
 * @param addresses from where it may be used
 * @param groups of provider accounts that may serve it; never empty
 */
public record KeyHolder(
    ApiKeyId key,
    TenantId tenant,
    UserId user,
    String externalId,
    Asset currency,
    KeyRates rates,
    KeyRates userRates,
    AllowedModels models,
    AllowedAddresses addresses,
    Set<String> groups) {
  public KeyHolder {
    requireNonNull(key, "key is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(user, "user is null");
    requireNonNull(externalId, "externalId is null");
    requireNonNull(currency, "currency is null");
    requireNonNull(rates, "rates is null");
    requireNonNull(userRates, "userRates is null");
    requireNonNull(models, "models is null");
    requireNonNull(addresses, "addresses is null");
    groups = Set.copyOf(groups);
  }
}

package io.tollgate.identity;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.Asset;
import io.tollgate.ground.TenantId;
import io.tollgate.ground.UserId;

/** Makes holders of keys that are in no database. */
final class Holders {
  private Holders() {}

  static KeyHolder key(long key, long user, KeyRates rates) {
    return key(key, user, rates, KeyRates.NONE);
  }

  static KeyHolder key(long key, long user, KeyRates rates, KeyRates userRates) {
    return new KeyHolder(
        new ApiKeyId(key),
        new TenantId(1),
        new UserId(user),
        "u" + user,
        Asset.money("USD"),
        rates,
        userRates,
        AllowedModels.ALL,
        AllowedAddresses.ALL,
        KeyTerms.DEFAULT_GROUPS);
  }
}

package io.tollgate.relay.rules.internal;

import static java.util.Objects.requireNonNull;

import io.tollgate.data.Transaction;
import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.ErrorCode;
import io.tollgate.ground.Refusal;
import io.tollgate.ground.TenantId;
import io.tollgate.identity.ApiKeys;
import io.tollgate.identity.Tenants;
import java.util.Optional;

/** Sees to it that rules are for tenants and keys that are there. */
public final class RuleOwner {
  private final Tenants tenants;
  private final ApiKeys keys;

  public RuleOwner(Tenants tenants, ApiKeys keys) {
    this.tenants = requireNonNull(tenants, "tenants is null");
    this.keys = requireNonNull(keys, "keys is null");
  }

  /**
   * @throws Refusal {@code NOT_FOUND}
   */
  void require(Transaction transaction, TenantId tenant, Optional<ApiKeyId> key) {
    if (tenants.find(transaction, tenant).isEmpty()) {
      throw new Refusal(ErrorCode.NOT_FOUND, "there is no tenant " + tenant);
    }
    if (key.isPresent() && keys.userOf(transaction, tenant, key.get()).isEmpty()) {
      throw new Refusal(ErrorCode.NOT_FOUND, "there is no API key " + key.get());
    }
  }
}

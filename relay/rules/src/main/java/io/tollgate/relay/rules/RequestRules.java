package io.tollgate.relay.rules;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;

/** The rules of all tenants and keys, in memory: never blocks. Safe for use by many threads. */
public interface RequestRules {
  /** Nobody has any. */
  RequestRules NOBODYS = (_, _) -> RequestRule.NONE;

  /** The very object {@link RequestRule#NONE} where nothing is set. */
  RequestRule of(TenantId tenant, ApiKeyId key);
}

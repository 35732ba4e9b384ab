package io.tollgate.identity;

import io.tollgate.ground.TenantId;
import java.util.Optional;

/** Tokens of tenants' backends: hash only at rest. Blocking. */
public interface ServiceTokens {
  Optional<TenantId> find(String presented);

  /** Makes a token; it is shown this once. */
  String issue(TenantId tenant, String name);
}

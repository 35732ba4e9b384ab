package io.tollgate.identity;

import io.tollgate.ground.TenantId;
import java.util.Optional;

/**
 * Tokens of tenants' backends; only their hashes are stored. Blocking. Safe for use by many
 * threads.
 */
public interface ServiceTokens {
  /** The tenant whose token it is; nothing when it is unknown or disabled, or the tenant is. */
  Optional<TenantId> find(String presented);

  /**
   * Makes a token; it is shown this once.
   *
   * @param name what it is for, 1–64 characters
   * @throws io.tollgate.ground.Refusal {@code NOT_FOUND} when there is no such tenant
   */
  String issue(TenantId tenant, String name);
}

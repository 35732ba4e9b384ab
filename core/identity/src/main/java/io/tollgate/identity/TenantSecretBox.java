package io.tollgate.identity;

import io.tollgate.ground.TenantId;

/**
 * Keeps secrets of tenants that must be read again: each is sealed with a key of its own, which is
 * wrapped by a key of its tenant, derived from the master key. What is sealed opens only for the
 * same tenant and associated text. Safe for use by many threads.
 */
public interface TenantSecretBox {
  /**
   * @param associated whose and which secret it is, with its version; not stored
   */
  byte[] seal(TenantId tenant, byte[] plain, String associated);

  /**
   * @throws IllegalStateException when it was not sealed for this tenant and associated text, or
   *     was changed
   */
  byte[] open(TenantId tenant, byte[] sealed, String associated);
}

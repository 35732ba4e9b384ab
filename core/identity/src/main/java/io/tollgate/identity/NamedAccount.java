package io.tollgate.identity;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.TenantId;
import java.util.Optional;

/**
 * An account as a caller names it: by its address, with the tenant where that was said; else it is
 * the one of the host name's tenant, and where the host name is no tenant's, the only one of the
 * address, of several that of the first tenant.
 *
 * @param email as it was written
 * @param host the host name of the request, without port
 */
public record NamedAccount(String email, Optional<TenantId> tenant, String host) {
  public NamedAccount {
    requireNonNull(email, "email is null");
    requireNonNull(tenant, "tenant is null");
    requireNonNull(host, "host is null");
  }

  /** Without the address: callers write passwords into the wrong field. */
  @Override
  public String toString() {
    return "NamedAccount[tenant=" + tenant + ", host=" + host + "]";
  }
}

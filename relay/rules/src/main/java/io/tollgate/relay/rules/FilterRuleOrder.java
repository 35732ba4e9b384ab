package io.tollgate.relay.rules;

import static java.util.Objects.requireNonNull;

import io.tollgate.ground.ApiKeyId;
import io.tollgate.ground.TenantId;
import java.util.Optional;

/**
 * Which filter is to be asked from now on.
 *
 * @param key whose requests go without where it is not enabled; empty: the filter of the tenant
 * @param url must be given for a tenant, and not for a key
 * @param beforeRequest whether it is asked before a request goes on
 * @param afterAnswer whether it is asked before an answer goes to its caller
 * @param failOpen whether things go on when it does not answer
 * @param privateAddress whether it may stand in a private network, and be asked without TLS
 */
public record FilterRuleOrder(
    TenantId tenant,
    Optional<ApiKeyId> key,
    boolean enabled,
    Optional<String> url,
    boolean beforeRequest,
    boolean afterAnswer,
    boolean failOpen,
    int timeoutMs,
    boolean privateAddress) {
  /** How long a filter is waited for where nothing else is said. */
  public static final int USUAL_TIMEOUT_MS = 300;

  public FilterRuleOrder {
    requireNonNull(tenant, "tenant is null");
    requireNonNull(key, "key is null");
    requireNonNull(url, "url is null");
  }
}

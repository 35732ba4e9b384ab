package io.tollgate.relay.accounts;

import static java.util.Objects.requireNonNull;

import io.tollgate.contracts.Protocol;
import io.tollgate.ground.TenantId;
import java.util.Optional;
import java.util.Set;

/**
 * What a request needs of an account.
 *
 * @param protocols any of which will do
 * @param model as callers name it
 * @param groups of accounts that the caller may use
 * @param session a number that requests of one conversation share, so that they are served by one
 *     account; 0: none
 * @param tenant whose choice of {@link RoutingStrategy} decides
 * @param tokens that it is expected to use; at least 0
 */
public record AccountQuery(
    Set<Protocol> protocols,
    String model,
    Set<String> groups,
    long session,
    Optional<TenantId> tenant,
    long tokens) {
  /** The group of accounts and callers that are in no other. */
  public static final String DEFAULT_GROUP = "default";

  private static final Set<String> DEFAULT_GROUPS = Set.of(DEFAULT_GROUP);

  public AccountQuery {
    requireNonNull(protocols, "protocols is null");
    requireNonNull(model, "model is null");
    requireNonNull(groups, "groups is null");
    requireNonNull(tenant, "tenant is null");
    if (tokens < 0) {
      throw new IllegalArgumentException("tokens: " + tokens + " (expected: >= 0)");
    }
  }

  /** Any account of the default group that speaks the protocol and serves the model. */
  public static AccountQuery of(Protocol protocol, String model) {
    return of(Set.of(protocol), model);
  }

  /** The same with several protocols to choose from. */
  public static AccountQuery of(Set<Protocol> protocols, String model) {
    return new AccountQuery(protocols, model, DEFAULT_GROUPS, 0, Optional.empty(), 0);
  }

  /** The same with other protocols to choose from. */
  public AccountQuery speaking(Set<Protocol> others) {
    return new AccountQuery(others, model, groups, session, tenant, tokens);
  }

  public AccountQuery inSession(long shared) {
    return new AccountQuery(protocols, model, groups, shared, tenant, tokens);
  }

  public AccountQuery inGroups(Set<String> allowed) {
    return new AccountQuery(protocols, model, allowed, session, tenant, tokens);
  }

  public AccountQuery of(TenantId whose) {
    return new AccountQuery(protocols, model, groups, session, Optional.of(whose), tokens);
  }

  public AccountQuery expecting(long estimated) {
    return new AccountQuery(protocols, model, groups, session, tenant, estimated);
  }
}

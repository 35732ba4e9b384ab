package io.tollgate.identity.internal;

import io.tollgate.identity.Admins;
import io.tollgate.identity.ApiKeys;
import io.tollgate.identity.BearerTokens;
import io.tollgate.identity.Principal;
import io.tollgate.identity.ServiceTokens;
import io.tollgate.identity.UserSessions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells tokens apart by their shape; sessions of users and of admins by who signed them. */
public final class ShapedBearerTokens implements BearerTokens {
  private final ApiKeys apiKeys;
  private final ServiceTokens serviceTokens;
  private final UserSessions sessions;
  private final Admins admins;

  public ShapedBearerTokens(
      ApiKeys apiKeys, ServiceTokens serviceTokens, UserSessions sessions, Admins admins) {
    this.apiKeys = apiKeys;
    this.serviceTokens = serviceTokens;
    this.sessions = sessions;
    this.admins = admins;
  }

  @Override
  public Optional<Principal> identify(String token) {
    return Optional.ofNullable(identify(List.of(token)).get(token));
  }

  @Override
  public Map<String, Principal> identify(Collection<String> tokens) {
    Map<String, Principal> found = new HashMap<>();
    List<String> signed = new ArrayList<>();
    for (String token : tokens) {
      if (SecretShape.API_KEY.hasPrefix(token)) {
        apiKeys
            .find(token)
            .ifPresent(
                key ->
                    found.put(
                        token, new Principal.OfUser(key.tenant(), key.user(), key.externalId())));
      } else if (SecretShape.SERVICE_TOKEN.hasPrefix(token)) {
        serviceTokens
            .find(token)
            .ifPresent(tenant -> found.put(token, new Principal.OfService(tenant)));
      } else {
        signed.add(token);
      }
    }
    sessions.identify(signed).forEach((token, session) -> found.put(token, session.user()));
    for (String token : signed) {
      if (!found.containsKey(token)) {
        admins.identify(token).ifPresent(admin -> found.put(token, admin));
      }
    }
    return found;
  }
}

package io.tollgate.identity.internal;

import io.tollgate.identity.Admins;
import io.tollgate.identity.ApiKeys;
import io.tollgate.identity.BearerTokens;
import io.tollgate.identity.Principal;
import io.tollgate.identity.ServiceTokens;
import io.tollgate.identity.UserSessions;
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
    if (SecretShape.API_KEY.hasPrefix(token)) {
      return apiKeys
          .find(token)
          .map(key -> new Principal.OfUser(key.tenant(), key.user(), key.externalId()));
    }
    if (SecretShape.SERVICE_TOKEN.hasPrefix(token)) {
      return serviceTokens.find(token).map(Principal.OfService::new);
    }
    return sessions
        .identify(token)
        .<Principal>map(UserSessions.InSession::user)
        .or(() -> admins.identify(token));
  }
}

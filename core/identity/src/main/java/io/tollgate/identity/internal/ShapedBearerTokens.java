package io.tollgate.identity.internal;

import io.tollgate.identity.Admins;
import io.tollgate.identity.ApiKeys;
import io.tollgate.identity.BearerTokens;
import io.tollgate.identity.Principal;
import io.tollgate.identity.ServiceTokens;
import java.util.Optional;

/** Tells tokens apart by their shape. */
public final class ShapedBearerTokens implements BearerTokens {
  private final ApiKeys apiKeys;
  private final ServiceTokens serviceTokens;
  private final Admins admins;

  public ShapedBearerTokens(ApiKeys apiKeys, ServiceTokens serviceTokens, Admins admins) {
    this.apiKeys = apiKeys;
    this.serviceTokens = serviceTokens;
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
    return admins.identify(token).map(admin -> admin);
  }
}
